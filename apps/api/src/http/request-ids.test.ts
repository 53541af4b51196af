import { expect, test } from 'vitest';
import { requestIds } from './request-ids.js';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('the ids of two processes are UUIDs, and each is another', () => {
  const [one, other] = [requestIds(), requestIds()];
  const ids = Array.from({ length: 10_000 }, () => [one(), other()]).flat();
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(UUID_V4);
});

test('the last group counts the requests', () => {
  const next = requestIds();
  const counters = Array.from({ length: 5000 }, () => next().slice(-12));
  expect(counters[0]).toBe('000000000000');
  expect(counters[4097]).toBe('000000001001');
});
