import { createServer } from 'node:net';

/**
 * Returns a TCP port that is free on 127.0.0.1.
 *
 * Another process can take the port before the caller does. A caller that listens on it should then
 * try another one, as `startRedis` and `startApi` do.
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
