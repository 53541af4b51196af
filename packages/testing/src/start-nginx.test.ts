import { expect, onTestFinished, test } from 'vitest';
import { describeWith } from './describe-with.js';
import { ServerStartError } from './server-start-error.js';
import { startNginx } from './start-nginx.js';

describeWith('nginx')('startNginx', () => {
  test('serves what its directives say', async () => {
    const nginx = await startNginx({ directives: 'location /x { return 418; }' });
    onTestFinished(() => nginx.stop());
    expect((await fetch(`${nginx.baseUrl}/x`)).status).toBe(418);
  });

  test('names a fault in the directives', async () => {
    await expect(startNginx({ directives: 'no_such_directive;' })).rejects.toThrow(
      ServerStartError,
    );
  });
});
