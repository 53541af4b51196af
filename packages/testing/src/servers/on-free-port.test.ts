import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { onFreePort } from './on-free-port.js';
import { ServerStartError } from './server-process.js';

describe('onFreePort', () => {
  test('passes a port on which a server can listen', async () => {
    const port = await onFreePort(listenAndClose);
    expect(port).toBeGreaterThan(1023);
  });

  test('tries another port when another process took the first one', async () => {
    const taken = new ServerStartError('server', 'ended', ['bind: Address already in use']);
    const tried: number[] = [];
    const port = await onFreePort(async (candidate) => {
      tried.push(candidate);
      return tried.length === 1 ? Promise.reject(taken) : candidate;
    });
    expect(tried).toHaveLength(2);
    expect(port).toBe(tried[1]);
  });

  test('does not retry a start that fails for another reason', async () => {
    let attempts = 0;
    const failure = onFreePort(async () => {
      attempts += 1;
      throw new ServerStartError('server', 'ended', ['bad option']);
    });
    await expect(failure).rejects.toThrow('server ended during its start:\nbad option');
    expect(attempts).toBe(1);
  });
});

function listenAndClose(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}
