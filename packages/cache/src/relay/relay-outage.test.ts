import { eventually } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
import { connectOperator, makeStore, ownRedis } from '../../test/redis-fixture.js';
import { deploy } from '../../test/relay-fixture.js';
import { openTcpProxy } from '../../test/tcp-proxy.js';
import type { StoreEvent } from '../store/store-event.js';

describe('a change that Redis missed', () => {
  test('is applied before Redis is used again after an outage', async () => {
    const server = await ownRedis();
    const proxy = await openTcpProxy(server.port);
    const { notes, start, operator, namespace } = deploy(server.url);
    notes.write('a', 'old');
    notes.write('b', 'current');
    const { events, isHit, isReady, read, write } = await start({
      url: `redis://127.0.0.1:${proxy.port}`,
    });
    await read('a');
    await read('b');
    proxy.cut();
    await write('a', 'newer');
    expect(isReady()).toBe(false);
    await write('a', 'newest');
    expect(await read('a')).toBe('newest');
    proxy.restore();
    await eventually(() => isReady());
    expect(await read('a')).toBe('newest');
    expect(await isHit('b')).toBe(true);
    expect(await operator.get(`fence:{${namespace}a}`)).toBe('3');
    expect(events.at(-1)).toEqual({ type: 'recovered', applied: 2, cleared: 0 });
  });

  test('is applied after each outage even if writes never pause', async () => {
    const server = await ownRedis();
    const proxy = await openTcpProxy(server.port);
    const { start } = deploy(server.url);
    const { isReady, read, write } = await start({ url: `redis://127.0.0.1:${proxy.port}` });
    let stopped = false;
    let count = 0;
    const writing = (async () => {
      while (!stopped) {
        count += 1;
        await write('n', String(count));
        expect(Number(await read('n'))).toBe(count);
        await new Promise(setImmediate);
      }
    })();
    for (let outage = 0; outage < 3; outage++) {
      proxy.cut();
      await eventually(() => !isReady());
      proxy.restore();
      await eventually(() => isReady());
    }
    stopped = true;
    await writing;
  });

  test('is replayed if Redis came back with an old snapshot', async () => {
    const server = await ownRedis();
    const { start, operator, watermark } = deploy(server.url);
    const { isHit, isReady, read, write } = await start();
    await write('n', 'old');
    await write('m', 'current');
    await read('n');
    await read('m');
    await eventually(async () => expect(await watermark()).toContain(' 2 '));
    await operator.save();
    await write('n', 'new');
    await read('n');
    await eventually(async () => expect(await watermark()).toContain(' 3 '));

    await server.kill('SIGKILL');
    await eventually(() => !isReady());
    await server.restart();
    await eventually(() => isReady());
    expect(await isHit('m')).toBe(true);
    expect(await read('n')).toBe('new');
    expect(await watermark()).toContain(' 3 ');
  });

  test('is not served if Redis came back empty', async () => {
    const server = await ownRedis();
    const { start, watermark } = deploy(server.url);
    const { isReady, read, write } = await start();
    await write('n', 'one');
    await server.kill('SIGKILL');
    await eventually(() => !isReady());
    await write('n', 'two');
    await server.restart();
    await eventually(() => isReady());
    expect(await read('n')).toBe('two');
    await eventually(async () => expect(await watermark()).toContain(' 2 '));
  });
});

describe('a full Redis', () => {
  test('still accepts the changes of the relay and moves its watermark', async () => {
    const server = await ownRedis();
    const { notes, start, watermark } = deploy(server.url);
    notes.write('n', 'old');
    const { read, isReady } = await start();
    await read('n');
    await connectOperator(server.url).config('SET', 'maxmemory', '1');
    notes.sql("UPDATE notes SET text = 'new'");
    await eventually(async () => expect(await read('n')).toBe('new'));
    await eventually(async () => expect(await watermark()).toContain(' 2 '));
    expect(isReady()).toBe(true);
  });
});

describe('a Redis that became a replica', () => {
  test('is bypassed while it cannot be kept up to date', async () => {
    const server = await ownRedis();
    const primary = await ownRedis();
    const { notes, start } = deploy(server.url);
    notes.write('n', 'old');
    const { read, isReady } = await start({ relay: { pollMs: 20, maxLagMs: 100 } });
    await read('n');
    const operator = connectOperator(server.url);
    await operator.config('SET', 'replica-serve-stale-data', 'yes');
    await operator.replicaof('127.0.0.1', String(primary.port));
    notes.sql("UPDATE notes SET text = 'new'");
    await eventually(async () => expect(await read('n')).toBe('new'));
    await operator.replicaof('NO', 'ONE');
    await eventually(() => isReady());
    expect(await read('n')).toBe('new');
  });

  test('is replaced by the new primary, even if the connection to it stays open', async () => {
    const [former, successor] = [await ownRedis(), await ownRedis()];
    const proxy = await openTcpProxy(former.port);
    const { start, namespace } = deploy(former.url);
    const { isHit, isReady, read, write } = await start({
      url: `redis://127.0.0.1:${proxy.port}`,
    });
    await write('n', 'old');
    await read('n');
    await connectOperator(former.url).replicaof('127.0.0.1', String(successor.port));
    proxy.leadTo(successor.port);
    await write('n', 'new');
    expect(isReady()).toBe(false);
    expect(await read('n')).toBe('new');
    await eventually(() => isReady());
    expect(await read('n')).toBe('new');
    expect(await isHit('n')).toBe(true);
    expect(await connectOperator(successor.url).exists(`${namespace}n`)).toBe(1);
  });

  test('is not used, and new connections to it become rare', async () => {
    const [replica, primary] = [await ownRedis(), await ownRedis()];
    const operator = connectOperator(replica.url);
    await operator.replicaof('127.0.0.1', String(primary.port));
    const connections = async () =>
      Number(/total_connections_received:(\d+)/.exec(await operator.info('stats'))?.[1]);
    const before = await connections();
    const start = performance.now();
    const events: StoreEvent[] = [];
    const store = makeStore({ url: replica.url, onEvent: (event) => events.push(event) });
    expect(await store.waitUntilReady(500)).toBe(false);
    expect(events).toEqual([
      { type: 'unusable', failure: expect.objectContaining({ kind: 'replica' }) },
    ]);
    // The pauses grow: at least 100, 200 and 400 ms, and then half a second each.
    const made = (await connections()) - before;
    expect(made).toBeLessThanOrEqual(3 + (performance.now() - start) / 400);
    await operator.replicaof('NO', 'ONE');
    expect(await store.waitUntilReady(20_000)).toBe(true);
  });
});
