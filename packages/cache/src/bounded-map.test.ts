import { expect, it } from 'vitest';
import { BoundedMap } from './bounded-map.js';

it('forgets what was not used for long', () => {
  const map = new BoundedMap<number>({ maxWeight: 4 });
  const keys = ['a', 'b', 'c', 'd', 'e'];
  for (const [index, key] of keys.entries()) {
    map.set(key, index);
    expect(map.get('a')).toBe(0);
  }
  expect(map.get('b')).toBeUndefined();
  expect(map.get('e')).toBe(4);
});

it('never holds more than it may', () => {
  const map = new BoundedMap<string>({ maxWeight: 100, weigh: (_key, text) => text.length });
  const keys = Array.from({ length: 1000 }, (_, index) => `key ${index}`);
  for (const key of keys) map.set(key, 'ten bytes.');
  const held = keys.filter((key) => map.get(key) !== undefined);
  expect(held.length).toBeGreaterThanOrEqual(5);
  expect(held.length).toBeLessThanOrEqual(10);
});

it('counts an entry once that is set again, and not one that was deleted', () => {
  const map = new BoundedMap<string>({ maxWeight: 4 });
  for (let time = 0; time < 10; time++) map.set('a', `${time}`);
  map.set('b', 'one');
  expect([map.get('a'), map.get('b')]).toEqual(['9', 'one']);
  map.delete('b');
  expect(map.get('b')).toBeUndefined();
  map.set('c', 'one');
  expect([map.get('a'), map.get('c')]).toEqual(['9', 'one']);
});

it('does not keep what is too heavy by itself', () => {
  const map = new BoundedMap<string>({ maxWeight: 2, weigh: () => 2 });
  map.set('a', 'one');
  expect(map.get('a')).toBeUndefined();
});
