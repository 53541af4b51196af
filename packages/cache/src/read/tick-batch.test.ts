import { expect, test } from 'vitest';
import { TickBatch } from './tick-batch.js';

/** Creates a batch that returns texts in capitals, and records which were served together. */
function capitals() {
  const served: string[][] = [];
  const batch = new TickBatch<string, string>((waiting) => {
    served.push(waiting.map(({ request }) => request));
    for (const { request, resolve } of waiting) {
      resolve(request.toUpperCase());
    }
  });
  return { batch, served };
}

test('the requests of one turn are served together, each with its own result', async () => {
  const { batch, served } = capitals();
  const results = ['a', 'b', 'a'].map((text) => batch.request(text));
  expect(await Promise.all(results)).toEqual(['A', 'B', 'A']);
  expect(served).toEqual([['a', 'b', 'a']]);
});

test('a request of a promise that settles in the same turn is in the same batch', async () => {
  const { batch, served } = capitals();
  const later = Promise.resolve().then(() => batch.request('b'));
  await Promise.all([batch.request('a'), later]);
  expect(served).toEqual([['a', 'b']]);
});

test('nothing is served before the turn ends', async () => {
  const { batch, served } = capitals();
  const result = batch.request('a');
  await Promise.resolve();
  expect(served).toEqual([]);
  expect(await result).toBe('A');
});

test('a request that is added while a batch is served is in the next batch', async () => {
  const { batch, served } = capitals();
  await batch.request('a').then(() => batch.request('b'));
  expect(served).toEqual([['a'], ['b']]);
});
