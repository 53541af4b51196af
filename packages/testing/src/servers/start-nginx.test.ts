import { expect, onTestFinished, test } from 'vitest';
import { describeWith } from '../describe-with.js';
import { ServerStartError } from './server-process.js';
import { startNginx } from './start-nginx.js';

describeWith('nginx')('startNginx', () => {
  test('serves as its directives say', async () => {
    const nginx = await startNginx({ directives: 'location /x { return 418; }' });
    onTestFinished(() => nginx.stop());
    expect((await fetch(`${nginx.baseUrl}/x`)).status).toBe(418);
  });

  test('throws a ServerStartError when a directive is invalid', async () => {
    await expect(startNginx({ directives: 'no_such_directive;' })).rejects.toThrow(
      ServerStartError,
    );
  });
});
