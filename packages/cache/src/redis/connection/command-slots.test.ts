import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CommandSlots } from './command-slots.js';

test('the number of commands in flight is limited, and the others follow in order', async () => {
  const slots = new CommandSlots(2);
  const started: number[] = [];
  let inFlight = 0;
  let most = 0;
  const commands = Array.from({ length: 7 }, (_, n) =>
    slots.run(async () => {
      started.push(n);
      inFlight += 1;
      most = Math.max(most, inFlight);
      await nextTurn();
      inFlight -= 1;
      return n;
    }),
  );
  expect(await Promise.all(commands)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(most).toBe(2);
});

test('a failed command frees its slot', async () => {
  const slots = new CommandSlots(1);
  const failure = slots.run(() => Promise.reject(new Error('lost')));
  const next = slots.run(async () => 'done');
  await expect(failure).rejects.toThrow('lost');
  expect(await next).toBe('done');
  expect(await slots.run(async () => 'later')).toBe('later');
});
