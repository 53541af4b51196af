import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@product-api/testing';
import { expect, test } from 'vitest';
import { ownRedis } from '../../test/redis-fixture.js';
import { type Deployment, deploy, type RelayedProcess } from '../../test/relay-fixture.js';
import { openTcpProxy, type TcpProxy } from '../../test/tcp-proxy.js';

const ids = ['a', 'b', 'c'];
/** The poll interval plus the delays of a busy machine. */
const BOUND_MS = 1000;

interface Written {
  readonly version: number;
  readonly by: RelayedProcess | undefined;
  readonly at: number;
}

function pick<T>(items: readonly T[]): T {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) {
    throw new RangeError('There is nothing to pick');
  }
  return item;
}

/**
 * Runs random readers and writers, with and without a cache. Returns each read that was older than
 * a write that its own process had acknowledged, or than any write from before the bound.
 */
async function findStaleReads({ notes }: Deployment, processes: RelayedProcess[]) {
  const stale: string[] = [];
  const history = new Map<string, Written[]>(ids.map((id) => [id, []]));
  let version = 0;

  async function write(by: RelayedProcess | undefined, id: string) {
    version += 1;
    const written = version;
    await (by ? by.write(id, String(written)) : notes.write(id, String(written)));
    history.get(id)?.push({ version: written, by, at: performance.now() });
  }

  async function read(process: RelayedProcess, id: string) {
    const now = performance.now();
    const known = history.get(id) ?? [];
    const promised = known.filter(({ by, at }) => by === process || at < now - BOUND_MS);
    const expected = Math.max(0, ...promised.map((written) => written.version));
    const text = await process.read(id);
    if (Number(text ?? 0) < expected) {
      stale.push(`${id} was ${text}, not ${expected}`);
    }
  }

  async function client() {
    for (let count = 0; count < 200; count++) {
      const process = pick(processes);
      const chance = Math.random();
      if (chance < 0.05) {
        await write(undefined, pick(ids));
      } else {
        await (chance < 0.15 ? write(process, pick(ids)) : read(process, pick(ids)));
      }
      await sleep(Math.random() * 10);
    }
  }

  await Promise.all(Array.from({ length: 8 }, client));
  return stale;
}

async function disturb(proxies: TcpProxy[], flush: () => Promise<unknown>, isOver: () => boolean) {
  while (!isOver()) {
    const proxy = pick(proxies);
    proxy.cut();
    await sleep(Math.random() * 100);
    proxy.restore();
    if (Math.random() < 0.2) {
      await flush();
    }
    await sleep(Math.random() * 200);
  }
}

test('no read is older than promised while connections are cut and Redis is flushed', async () => {
  const server = await ownRedis();
  const deployment = deploy(server.url);
  const { notes, operator } = deployment;
  const proxies = await Promise.all([1, 2, 3].map(() => openTcpProxy(server.port)));
  const urls = proxies.map(({ port }) => `redis://127.0.0.1:${port}`);
  const processes = await Promise.all(urls.map((url) => deployment.start({ url })));
  let isOver = false;
  const disturbance = disturb(
    proxies,
    () => operator.flushall(),
    () => isOver,
  );
  expect(await findStaleReads(deployment, processes)).toEqual([]);
  isOver = true;
  await disturbance;

  await eventually(() => processes.every(({ isReady }) => isReady()));
  const end = performance.now();
  const hasPolledSince = ({ store }: RelayedProcess) =>
    (store.relayStatus()?.lagMs ?? Number.POSITIVE_INFINITY) < performance.now() - end;
  await eventually(() => processes.every(hasPolledSince));
  for (const id of ids) {
    const current = (await notes.load(id))?.value.text;
    expect(await Promise.all(processes.map(({ read }) => read(id)))).toEqual(
      processes.map(() => current),
    );
  }
});
