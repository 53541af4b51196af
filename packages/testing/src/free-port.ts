import { createServer } from 'node:net';

/**
 * A TCP port on 127.0.0.1 that was free a moment ago.
 *
 * Another process can take it before the caller does: whoever listens on it should try again with
 * another one when it is taken, as `startRedis` and `startApi` do.
 */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') {
          reject(new Error('The operating system gave no TCP port'));
        } else {
          resolve(address.port);
        }
      });
    });
  });
}
