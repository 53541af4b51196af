import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { detailLines } from '../output/detail-lines.js';
import { printRecord } from '../output/print-record.js';
import { printable } from '../output/printable.js';
import type { OpenSession } from '../session.js';

/** Adds the command `whoami`. */
export function addWhoamiCommand(program: CommandUnknownOpts, open: OpenSession): void {
  program
    .command('whoami')
    .description('Show the API key in use, without its secret, and the service')
    .action(async () => {
      const session = await open();
      const { client, signal, service } = session;
      const key = await client.apiKeys.self({ signal });
      const identity = { ...key, base_url: service.baseUrl, from: service.keySource };
      await printRecord(session, identity, {
        fields: ['id', 'name', 'scopes', 'expires_at', 'base_url', 'from'],
        text: ({ id, name, scopes, expires_at, base_url, from }) =>
          detailLines({
            ID: id,
            Name: printable(name),
            Scopes: scopes.join(' '),
            Expires: expires_at ?? 'never',
            Service: base_url,
            From: from,
          }),
      });
    });
}
