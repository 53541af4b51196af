import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
import { NoteSource, noteCodec } from '../../test/notes.js';
import { freshNamespace, openStore, sharedRedis } from '../../test/redis-fixture.js';
import { createCache } from '../cache.js';
import type { CacheEvent } from '../read/cache-event.js';
import type { AuditOptions } from './hit-auditor.js';

const redis = sharedRedis();
const BOUND_MS = 100;

async function open(audit: AuditOptions = {}) {
  const namespace = freshNamespace();
  const store = await openStore({ url: redis.url, namespace });
  const source = new NoteSource();
  source.write('n', 'one');
  const events: CacheEvent[] = [];
  const cache = createCache({
    store,
    codec: noteCodec,
    audit: { every: 1, perSecond: Number.POSITIVE_INFINITY, boundMs: BOUND_MS, ...audit },
    onEvent: (event) => events.push(event),
  });
  const read = () => cache.getOrLoad('n', source.load);
  const plant = (text: string) => redis.operator.set(`${namespace}n`, text);
  return { source, events, cache, read, plant };
}

describe('an audit', () => {
  test('reports a wrong value in the store once, with its evidence', async () => {
    const { events, cache, read, plant } = await open();
    await read();
    await plant('{"id":"n","text":"planted"}');
    for (let count = 0; count < 5; count++) {
      await read();
    }
    await eventually(() => expect(cache.audits()).toEqual({ checked: 5, stale: 1 }));
    expect(events).toEqual([
      {
        type: 'stale-hit',
        key: 'n',
        cached: '{"id":"n","text":"planted"}',
        current: '{"id":"n","text":"one"}',
        version: 1,
        currentForMs: expect.any(Number),
      },
    ]);
    const [event] = events;
    expect(event?.type === 'stale-hit' && event.currentForMs).toBeGreaterThanOrEqual(BOUND_MS - 2);
  });

  test('reports a hit that is stale because its write was never followed by an invalidation', async () => {
    const { source, events, read } = await open();
    await read();
    source.write('n', 'two');
    await read();
    await eventually(() =>
      expect(events).toMatchObject([
        { type: 'stale-hit', current: '{"id":"n","text":"two"}', version: 2 },
      ]),
    );
  });

  test.each([
    ['a stored value that the source does not have', '{"id":"n","text":"one"}', undefined],
    ['a stored absence of a value that the source has', 'null', '{"id":"n","text":"one"}'],
  ])('reports %s', async (_kind, planted, current) => {
    const { source, events, read, plant } = await open();
    if (current === undefined) {
      source.delete('n');
    }
    await plant(planted);
    await read();
    await eventually(() =>
      expect(events).toMatchObject([{ type: 'stale-hit', cached: planted, current }]),
    );
  });

  test('reports nothing if an invalidation arrives within the bound', async () => {
    const { source, events, cache, read } = await open();
    await read();
    const version = source.write('n', 'two');
    expect(await read()).toMatchObject({ source: 'hit', value: { text: 'one' } });
    await eventually(() => source.loads === 2);
    await cache.invalidate('n', version);
    await eventually(() => expect(cache.audits()).toEqual({ checked: 1, stale: 0 }));
    expect(events).toEqual([]);
  });

  test('reports nothing while a value is written repeatedly', async () => {
    const { source, events, cache, read } = await open();
    const deadline = performance.now() + 5 * BOUND_MS;
    for (let count = 0; performance.now() < deadline; count++) {
      const version = source.write('n', `text ${count}`);
      await read();
      await cache.invalidate('n', version);
      await read();
      await sleep(1);
      await read();
    }
    await eventually(() => cache.audits().checked > 10);
    expect(events.filter((event) => event.type === 'stale-hit')).toEqual([]);
  });

  test('reports nothing if the cached value became current again during the audit', async () => {
    const { source, cache, read } = await open({ boundMs: 300 });
    await read();
    source.write('n', 'two');
    await read();
    await eventually(() => source.loads === 2);
    await cache.invalidate('n', source.write('n', 'one'));
    await read();
    const version = source.write('n', 'three');
    await eventually(() => source.loads === 4);
    await cache.invalidate('n', version);
    await eventually(() => expect(cache.audits()).toEqual({ checked: 1, stale: 0 }));
  });

  test('reports no stale hit if only the form of the JSON differs', async () => {
    const { events, cache, read, plant } = await open();
    await plant('{ "id": "n", "text": "one" }');
    await read();
    await eventually(() => expect(cache.audits()).toEqual({ checked: 1, stale: 0 }));
    expect(events).toEqual([{ type: 'edited-value', key: 'n' }]);
  });

  test('reports every edited value that is wrong, also if it is not sampled, with the text that was served', async () => {
    const { events, read, plant } = await open({ every: 1_000_000 });
    await read();
    await plant('{ "id": "n", "text": "planted" }');
    await read();
    const served = '{"id":"n","text":"planted"}';
    await eventually(() =>
      expect(events).toMatchObject([
        { type: 'edited-value', key: 'n' },
        { type: 'stale-hit', cached: served, current: '{"id":"n","text":"one"}' },
      ]),
    );
  });

  test('is not counted if the source fails', async () => {
    const { source, cache, read } = await open();
    await read();
    let failed = false;
    await cache.peek('n', async () => {
      failed = true;
      throw new Error('The database is down');
    });
    await eventually(() => failed);
    await cache.peek('n', source.load);
    await eventually(() => expect(cache.audits()).toEqual({ checked: 1, stale: 0 }));
  });

  test('does not start if no load function is given, and stops when the cache is closed', async () => {
    const { source, cache, read } = await open();
    await read();
    await cache.peek('n');
    source.write('n', 'two');
    await read();
    await eventually(() => source.loads === 2);
    await cache.close();
    expect(cache.audits()).toEqual({ checked: 0, stale: 0 });
  });
});
