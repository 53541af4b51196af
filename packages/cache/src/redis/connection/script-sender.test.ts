import { eventually } from '@product-api/testing';
import { expect, test } from 'vitest';
import { connectOperator, openStore, ownRedis } from '../../../test/redis-fixture.js';
import { openTcpProxy } from '../../../test/tcp-proxy.js';

test('at most 64 scripts are in flight, and the timeout of the others has not started', async () => {
  const server = await ownRedis();
  const proxy = await openTcpProxy(server.port);
  const operator = connectOperator(server.url);
  const store = await openStore({ url: `redis://127.0.0.1:${proxy.port}`, timeoutMs: 10_000 });
  proxy.stallAnswers();
  const attempts = Array.from({ length: 100 }, (_, n) => store.readOrLease(`${n}`, 't', 60_000));
  const outcomes = Promise.allSettled(attempts);
  // This read follows the scripts on the connection, so they have arrived when it arrives.
  const laterRead = store.getMany(['a', 'b']).catch(() => undefined);
  await eventually(async () =>
    expect(await operator.info('commandstats')).toContain('cmdstat_mget:calls=1,'),
  );
  expect(await operator.keys('fence:*')).toHaveLength(64);
  proxy.cut();
  await Promise.all([outcomes, laterRead]);
  expect(await operator.keys('fence:*')).toHaveLength(64);
});

test('the scripts of one turn are sent in writes of eight, after a first one', async () => {
  const server = await ownRedis();
  const operator = connectOperator(server.url);
  const store = await openStore({ url: server.url });
  const reads = async () => {
    const [, count] = /total_reads_processed:(\d+)/.exec(await operator.info('stats')) ?? [];
    return Number(count);
  };
  await store.invalidate('0', 1);
  const before = await reads();
  await Promise.all(Array.from({ length: 64 }, (_, n) => store.invalidate(`${n}`, 2)));
  const own = 1;
  expect((await reads()) - before - own).toBeLessThanOrEqual(1 + Math.ceil(63 / 8));
});
