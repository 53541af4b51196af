import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it as test } from 'vitest';
import { CommandSlots } from './command-slots.js';

test('lets so many commands be under way, and the others follow in their order', async () => {
  const slots = new CommandSlots(2);
  const started: number[] = [];
  let underWay = 0;
  let most = 0;
  const commands = Array.from({ length: 7 }, (_, n) =>
    slots.run(async () => {
      started.push(n);
      underWay += 1;
      most = Math.max(most, underWay);
      await nextTurn();
      underWay -= 1;
      return n;
    }),
  );
  expect(await Promise.all(commands)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(most).toBe(2);
});

test('a command that fails makes room as any other', async () => {
  const slots = new CommandSlots(1);
  const failure = slots.run(() => Promise.reject(new Error('lost')));
  const next = slots.run(async () => 'done');
  await expect(failure).rejects.toThrow('lost');
  expect(await next).toBe('done');
  expect(await slots.run(async () => 'later')).toBe('later');
});
