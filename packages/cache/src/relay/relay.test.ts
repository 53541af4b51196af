import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
import { ownRedis, sharedRedis } from '../../test/redis-fixture.js';
import { deploy } from '../../test/relay-fixture.js';
import { openTcpProxy } from '../../test/tcp-proxy.js';
import type { ChangeLog } from './change-log.js';

const redis = sharedRedis();
/** The poll interval plus the delays of a busy machine. */
const withinAPoll = { timeoutMs: 1000 };

describe('a process that serves from Redis', () => {
  test('sees a write by raw SQL within the poll interval', async () => {
    const { notes, start } = deploy(redis.url);
    notes.write('n', 'old');
    const reader = await start();
    await reader.read('n');
    expect(await reader.isHit('n')).toBe(true);
    notes.sql("UPDATE notes SET text = 'new'");
    await eventually(async () => expect(await reader.read('n')).toBe('new'), withinAPoll);
    await eventually(() => reader.events.some(({ type }) => type === 'relayed'));
  });

  test('sees a deletion and a creation by raw SQL', async () => {
    const { notes, start } = deploy(redis.url);
    notes.write('n', 'old');
    const reader = await start();
    await reader.read('n');
    notes.sql('DELETE FROM notes');
    await eventually(async () => expect(await reader.read('n')).toBeUndefined(), withinAPoll);
    notes.sql("INSERT INTO notes (id, text, version) VALUES ('n', 'back', 3)");
    await eventually(async () => expect(await reader.read('n')).toBe('back'), withinAPoll);
  });

  test('sees a write of a process that cannot reach Redis', async () => {
    const server = await ownRedis();
    const proxy = await openTcpProxy(server.port);
    const { notes, start } = deploy(server.url);
    notes.write('n', 'old');
    const [reader, writer] = [
      await start(),
      await start({ url: `redis://127.0.0.1:${proxy.port}` }),
    ];
    await reader.read('n');
    proxy.cut();
    await writer.write('n', 'new');
    expect(await writer.read('n')).toBe('new');
    await eventually(async () => expect(await reader.read('n')).toBe('new'), withinAPoll);
  });

  test('keeps a value that was loaded after the write that the relay applies', async () => {
    const { notes, start, watermark } = deploy(redis.url);
    const { isHit, read, write } = await start();
    await write('n', 'one');
    await read('n');
    await eventually(async () => expect(await watermark()).toContain(` ${notes.head()} `));
    expect(await isHit('n')).toBe(true);
  });

  test('keeps serving while the log cannot be read, and reports that once', async () => {
    const { notes, start } = deploy(redis.url);
    notes.write('n', 'old');
    const reader = await start({ relay: { pollMs: 10, maxLagMs: 1500 } });
    await reader.read('n');
    notes.failing = true;
    notes.sql("UPDATE notes SET text = 'new'");
    await eventually(() => (reader.store.relayStatus()?.lagMs ?? 0) > 2000);
    expect(reader.isReady()).toBe(true);
    expect(await reader.read('n')).toBe('old');
    notes.failing = false;
    await eventually(async () => expect(await reader.read('n')).toBe('new'));
    const failures = reader.events.filter(({ type }) => type === 'change-log-error');
    expect(failures).toEqual([{ type: 'change-log-error', error: new Error('The disk is gone') }]);
  });

  test('knows how far Redis is behind', async () => {
    const { notes, start } = deploy(redis.url);
    const { store } = await start({ relay: { pollMs: 10 } });
    await eventually(() => expect(store.relayStatus()?.behind).toBe(0));
    notes.failing = true;
    const lagging = () => (store.relayStatus()?.lagMs ?? 0) > 100;
    await eventually(lagging);
    notes.failing = false;
    await eventually(() => !lagging());
  });

  test('counts the lag from the start of a poll, as later commits may not be applied', async () => {
    const { notes, start } = deploy(redis.url);
    const slowLog: ChangeLog = {
      ...notes.changeLog,
      async head() {
        const head = await notes.changeLog.head();
        await sleep(100);
        return head;
      },
    };
    const { store } = await start({ relay: { changeLog: slowLog, pollMs: 10 } });
    const lags: number[] = [];
    await eventually(() => lags.push(store.relayStatus()?.lagMs ?? 0) > 40);
    expect(Math.min(...lags)).toBeGreaterThan(95);
  });
});

describe('many changes', () => {
  test('of one statement are applied in bounded batches', async () => {
    const { notes, operator, namespace, start } = deploy(redis.url);
    const rows = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
      INSERT INTO notes (id, text) SELECT 'n' || i, 'old' FROM n`;
    notes.sql(rows);
    const batches: number[] = [];
    const changeLog: ChangeLog = {
      ...notes.changeLog,
      async read(after, limit) {
        const changes = await notes.changeLog.read(after, limit);
        batches.push(changes.length);
        return changes;
      },
    };
    const { read, store, isReady } = await start({
      relay: { changeLog, batchSize: 200, maxLagMs: 10_000 },
    });
    for (const id of ['n1', 'n5000', 'n10000']) {
      await read(id);
    }
    notes.sql("UPDATE notes SET text = 'new'");
    await eventually(async () => {
      await store.get('n7');
      expect(await operator.exists(`${namespace}n10000`)).toBe(0);
    });
    // The watermark's own change is read again each time.
    expect(Math.max(...batches)).toBeLessThanOrEqual(201);
    expect(isReady()).toBe(true);
    expect(await read('n5000')).toBe('new');
  });

  test('that take too long are applied while Redis is bypassed', async () => {
    const { notes, start } = deploy(redis.url);
    notes.write('n', 'old');
    const { events, isReady, read } = await start({ relay: { batchSize: 1, maxLagMs: 20 } });
    await read('n');
    notes.sql(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
      INSERT INTO notes (id, text) SELECT 'm' || i, '' FROM n`);
    notes.sql("UPDATE notes SET text = 'new'");
    await eventually(() => !isReady());
    expect(await read('n')).toBe('new');
    await eventually(() => isReady(), { timeoutMs: 45_000 });
    expect(await read('n')).toBe('new');
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'state',
        state: 'bypassed',
        failure: expect.objectContaining({ kind: 'behind-log' }),
      }),
    );
  });

  test('are applied once even if several processes relay at once', async () => {
    const { notes, operator, namespace, start } = deploy(redis.url);
    const processes = await Promise.all(
      Array.from({ length: 4 }, () => start({ relay: { pollMs: 5, batchSize: 7 } })),
    );
    const recovered = () => processes.flatMap(({ events }) => events);
    for (let count = 0; count < 200; count++) {
      notes.write(`n${count % 10}`, String(count));
      await processes[count % 4]?.read(`n${count % 10}`);
    }
    await eventually(() =>
      expect(processes.map(({ store }) => store.relayStatus()?.behind)).toEqual([0, 0, 0, 0]),
    );
    await eventually(() => {
      const applied = recovered().map((event) => ('applied' in event ? event.applied : 0));
      expect(applied.reduce((sum, count) => sum + count, 0)).toBe(200);
    });
    for (let id = 0; id < 10; id++) {
      expect(await processes[0]?.read(`n${id}`)).toBe(String(190 + id));
      expect(await operator.get(`fence:{${namespace}n${id}}`)).toBe('20');
    }
  });
});

describe('the log', () => {
  test('is pruned up to the watermark by the process that applied it', async () => {
    const { notes, start } = deploy(redis.url);
    const one = await start({ relay: { pruneEveryMs: 0, pollMs: 10 } });
    await one.write('a', 'one');
    await one.write('b', 'two');
    await eventually(() => expect(notes.pruned.at(-1)).toBe(2));
  });

  test('is not pruned by an idle process', async () => {
    const { notes, start } = deploy(redis.url);
    const { store } = await start({ relay: { pruneEveryMs: 0, pollMs: 5 } });
    const lags = new Set<number>();
    await eventually(() => lags.add(store.relayStatus()?.lagMs ?? 0).size > 5);
    expect(notes.pruned).toEqual([]);
  });
});
