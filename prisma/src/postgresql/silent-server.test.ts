import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { describeWith } from '@product-api/testing/describe-with';
import { expect, onTestFinished, test } from 'vitest';
import { postgresqlDatabases } from '../../test/temporary-database.js';
import { Prisma } from '../generated/sqlite/client.js';
import { openDatabase } from '../open-database.js';

/**
 * Opens a path to a server that can fall silent: it then accepts connections, and drops all bytes.
 */
async function openPath(url: string) {
  const { hostname, port } = new URL(url);
  let isSilent = false;
  const sockets: Socket[] = [];
  const proxy = createServer((client) => {
    const server = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.push(from);
      from.on('error', () => undefined).on('data', (data) => isSilent || to.write(data));
    }
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    for (const socket of sockets) {
      socket.destroy();
    }
    proxy.close();
  });
  // A server that listens on TCP has an address with a port.
  const { port: proxyPort } = proxy.address() as AddressInfo;
  return {
    url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: proxyPort }).href,
    fallSilent: () => {
      isSilent = true;
    },
    speak: () => {
      isSilent = false;
    },
  };
}

describeWith('postgres')('a PostgreSQL server that falls silent', () => {
  const open = postgresqlDatabases();

  test('makes a read wait for one time limit, however many connections are dead', async () => {
    const path = await openPath((await open()).url);
    const { client, failureOf, close } = await openDatabase({ url: path.url, busyTimeoutMs: 1000 });
    onTestFinished(close);
    const read = () => client.$queryRaw`SELECT pg_sleep(0.1)::text`;
    await Promise.all(Array.from({ length: 8 }, read));
    path.fallSilent();
    const begin = performance.now();
    const failure = await read().catch((error: unknown) => error);
    expect(failureOf(failure)).toBe('unreachable');
    // The limit of 1 s, and the two seconds that the server has to say so.
    expect(performance.now() - begin).toBeLessThan(4500);
    path.speak();
  });

  test('ends the connection of a transaction, so that no later statement gets it', async () => {
    const path = await openPath((await open()).url);
    const { client, transaction, failureOf, close } = await openDatabase({
      url: path.url,
      busyTimeoutMs: 300,
      poolSize: 1,
    });
    onTestFinished(close);
    const begin = performance.now();
    const failure = await transaction(async (statements) => {
      path.fallSilent();
      await statements.$queryRaw(Prisma.sql`SELECT 1`);
    }).catch((error: unknown) => error);
    expect(failureOf(failure)).toBe('unreachable');
    expect(performance.now() - begin).toBeLessThan(4500);
    path.speak();
    await expect(client.product.count()).resolves.toBe(0);
  });
});
