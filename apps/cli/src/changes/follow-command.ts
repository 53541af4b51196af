import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import {
  type Change,
  ChangesExpiredError,
  ConnectionError,
  type FollowFailure,
  ValidationError,
} from '@product-api/client';
import { UsageError } from '../errors.js';
import { csvLine } from '../output/csv.js';
import { csvRecord, jsonRecord } from '../output/record-text.js';
import { isBrokenPipe, write } from '../output/write.js';
import type { OpenSession, Session } from '../session.js';
import { changeLine, columnsOf } from './change-columns.js';
import { type ChangeFilters, changeOptions, followOptions } from './change-options.js';
import { readCursor, writeCursor } from './cursor-file.js';
import { forwardUrl, openForwarding } from './forward-change.js';

const EXAMPLES = `
Examples:
  $ catalog changes follow
  $ catalog changes follow --product $ID --with-products
  $ catalog changes follow --json --cursor-file changes.cursor | while read -r change; do …; done
  $ catalog products export copy.ndjson --cursor-file changes.cursor &&
      catalog changes follow --cursor-file changes.cursor --forward-to https://example.com/hook

The command goes on by itself after restarts of the service, and ends with Ctrl-C. With a file for
its cursor, the next start goes on there; a change whose cursor was not kept comes again.

--forward-to sends one change at a time, and the next one after a 2xx. After a failed connection,
no response within the timeout, and the statuses 408, 425, 429 and 5xx, it repeats the change until
it is accepted. Any other status would be the same again: the command ends with exit code 13, and
its next start sends the change again. The key for the service is not sent there; for other headers,
set CATALOG_FORWARD_HEADERS='Authorization: Bearer …', one header a line.`;

/** Adds the command `follow`. */
export function addFollowCommand(changes: CommandUnknownOpts, open: OpenSession): void {
  changes
    .command('follow')
    .description('Print every change when it comes, or send it to an address')
    .addOption(changeOptions.after())
    .addOption(changeOptions.cursorFile())
    .addOption(changeOptions.product())
    .addOption(changeOptions.kind())
    .addOption(changeOptions.withProducts())
    .addOption(
      new Option(
        '--forward-to <url>',
        'send each change as JSON by POST, in order, and print it when it was accepted',
      ).argParser(forwardUrl),
    )
    .addHelpText('after', EXAMPLES)
    .action(async ({ after, cursorFile, forwardTo, ...filters }) => {
      const session = await open();
      const cursor = cursorFile === undefined ? after : await readCursor(cursorFile);
      await follow(session, { cursor, cursorFile, forwardTo, filters });
    });
}

interface FollowInput {
  readonly cursor: string | undefined;
  readonly cursorFile: string | undefined;
  readonly forwardTo: URL | undefined;
  readonly filters: ChangeFilters;
}

async function follow(session: Session, input: FollowInput): Promise<void> {
  const { client, signal, stdout, stderr } = session;
  const { cursorFile, forwardTo, filters } = input;
  const format = changeFormat(session, filters);
  const forward = forwardTo && openForwarding(session, forwardTo);
  const connection = watchConnection(session);
  let { cursor } = input;
  const keep = async (next: string) => {
    if (cursorFile !== undefined && next !== cursor) {
      await writeCursor(cursorFile, next);
    }
    cursor = next;
  };
  try {
    await write(stdout, format.header);
    const { onFailure } = connection;
    const options = { ...followOptions(filters), after: cursor, signal, onFailure };
    for await (const { items, next_cursor } of client.changes.follow(options).pages()) {
      connection.onPage();
      // A change that was accepted must not be sent again because a later one is refused.
      for (const batch of forward ? items.map((change) => [change]) : [items]) {
        for (const change of batch) {
          await forward?.(change);
        }
        await write(stdout, batch.map(format.line).join(''));
        await keep(batch.at(-1)?.cursor ?? next_cursor);
      }
      await keep(next_cursor);
    }
  } catch (error) {
    if (cursor !== undefined && !isBrokenPipe(error) && !needsOtherCommand(error)) {
      const option = cursorFile === undefined ? ` with --after ${cursor}` : '';
      await write(stderr, `To go on from here, give the same command again${option}\n`);
    }
    throw error;
  }
}

/** Returns whether the same command would fail again. */
function needsOtherCommand(error: unknown): boolean {
  return (
    error instanceof ChangesExpiredError ||
    error instanceof ValidationError ||
    error instanceof UsageError
  );
}

interface ChangeFormat {
  readonly header: string;
  readonly line: (change: Change) => string;
}

function changeFormat({ format }: Session, { withProducts }: ChangeFilters): ChangeFormat {
  const fields = columnsOf(withProducts === true).map(({ field }) => field);
  const formats = {
    table: { header: '', line: changeLine },
    json: { header: '', line: (change: Change) => jsonRecord(change) },
    csv: { header: csvLine(fields), line: (change: Change) => csvRecord(change, fields) },
  };
  return formats[format];
}

/** Says when the service cannot be reached, and when it is back. */
function watchConnection({ stderr, options }: Session) {
  let isLost = false;
  return {
    onFailure({ error }: FollowFailure) {
      if (!options.wait) {
        throw error;
      }
      if (!isLost) {
        const cause =
          error instanceof ConnectionError || error.status === undefined
            ? 'cannot be reached'
            : `returned ${error.status}`;
        stderr.write(`The service ${cause}: trying again (Ctrl-C ends it).\n`);
      }
      isLost = true;
    },
    onPage() {
      if (isLost) {
        stderr.write('The service responds again.\n');
      }
      isLost = false;
    },
  };
}
