import { expect, test } from 'vitest';
import { requestIds } from './request-ids.js';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('the ids of two processes are UUIDs, and each is another', () => {
  const [one, other] = [requestIds(), requestIds()];
  const ids = Array.from({ length: 10_000 }, () => [one(), other()]).flat();
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(UUID_V4);
});

test('ids that follow each other do not rise by one', () => {
  const next = requestIds();
  const ends = Array.from({ length: 1000 }, () => Number.parseInt(next().slice(-3), 16));
  const rises = ends.filter((end, index) => end === (ends[index - 1] ?? Number.NaN) + 1);
  expect(rises.length).toBeLessThan(20);
});
