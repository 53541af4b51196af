import { expect, test } from 'vitest';
import { deferred } from '../concurrency/deferred.js';
import { KeyedBatches } from './keyed-batches.js';

interface Write {
  readonly id: string;
  readonly name: string;
}

const nextTick = () => new Promise(setImmediate);

/** Creates batches whose commits the test ends, and records the writes of each one. */
function recorded(maxBatches: number) {
  const batches: string[] = [];
  const ends: ReturnType<typeof deferred<void>>[] = [];
  const writes = new KeyedBatches<Write, string>(
    async (some) => {
      batches.push(some.map(({ name }) => name).join());
      const end = deferred<void>();
      ends.push(end);
      await end.promise;
      return async ({ name }) => name.toUpperCase();
    },
    maxBatches,
    (error) => error instanceof Error && error.message === 'locked',
  );
  const request = (id: string, name: string) => writes.request({ id, name });
  const end = async () => {
    ends.shift()?.resolve();
    await nextTick();
    await nextTick();
  };
  const fail = (message: string) => ends.shift()?.reject(new Error(message));
  return { request, batches, end, fail };
}

test('writes of one row share a batch, and later ones wait for its end', async () => {
  const { request, batches, end } = recorded(Number.POSITIVE_INFINITY);
  const first = [request('1', 'a'), request('2', 'b'), request('1', 'c')];
  await nextTick();
  const second = [request('1', 'd'), request('3', 'e'), request('1', 'f')];
  await nextTick();
  expect(batches).toEqual(['a,b,c', 'e']);
  await end();
  expect(await Promise.all(first)).toEqual(['A', 'B', 'C']);
  expect(batches).toEqual(['a,b,c', 'e', 'd,f']);
  await end();
  await end();
  expect(await Promise.all(second)).toEqual(['D', 'E', 'F']);
});

test('with one batch at a time, writes of other rows wait for it, too', async () => {
  const { request, batches, end } = recorded(1);
  const results = [request('1', 'a')];
  await nextTick();
  results.push(request('2', 'b'), request('1', 'c'));
  await nextTick();
  expect(batches).toEqual(['a']);
  await end();
  expect(batches).toEqual(['a', 'b,c']);
  await end();
  expect(await Promise.all(results)).toEqual(['A', 'B', 'C']);
});

test.each([
  ['fails the writes that wait for it, if it is one of the database', 'locked', 'rejected'],
  ['does not fail the writes that wait for it, if it is one of the write', 'bad', 'fulfilled'],
])('the failure of a batch %s', async (_title, message, expected) => {
  for (const maxBatches of [1, 2]) {
    const { request, end, fail } = recorded(maxBatches);
    const first = request('1', 'a');
    await nextTick();
    const outcomes = Promise.allSettled([first, request('1', 'b')]);
    await nextTick();
    fail(message);
    await nextTick();
    await nextTick();
    await end();
    const statuses = (await outcomes).map(({ status }) => status);
    expect(statuses).toEqual(['rejected', expected]);
    const next = request('1', 'c');
    await nextTick();
    await end();
    expect(await next).toBe('C');
  }
});
