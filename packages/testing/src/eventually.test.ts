import { describe, expect, it as test } from 'vitest';
import { eventually } from './eventually.js';
import { EventuallyTimeoutError } from './eventually-timeout-error.js';

describe('eventually', () => {
  test('looks again after a look that threw or answered false', async () => {
    const looks = [() => false, () => Promise.reject(new Error('not yet')), () => 'here'];
    const check = () => looks.shift()?.() ?? 'no look left';
    expect(await eventually(check, { intervalMs: 1 })).toBe('here');
  });

  test('takes any answer but false, undefined too', async () => {
    expect(await eventually(() => undefined)).toBeUndefined();
    expect(await eventually(() => 0)).toBe(0);
  });

  test('says in the end what the last look found', async () => {
    const cause = new Error('3 is not 4');
    const failure = eventually(() => Promise.reject(cause), { timeoutMs: 20, intervalMs: 1 });
    await expect(failure).rejects.toThrow(EventuallyTimeoutError);
    await expect(failure).rejects.toMatchObject({
      message: 'The condition did not come true within 20 ms: 3 is not 4',
      cause,
    });
  });

  test('gives up on a look that never ends', async () => {
    const failure = eventually(() => new Promise(() => undefined), { timeoutMs: 20 });
    await expect(failure).rejects.toThrow('the first look at it did not end');
  });
});
