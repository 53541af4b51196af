import { describe, expect, test } from 'vitest';
import { EventuallyTimeoutError, eventually } from './eventually.js';

describe('eventually', () => {
  test('repeats a check that throws or returns false', async () => {
    const checks = [() => false, () => Promise.reject(new Error('not yet')), () => 'here'];
    const check = () => checks.shift()?.() ?? 'no check left';
    expect(await eventually(check, { intervalMs: 1 })).toBe('here');
  });

  test('returns every other value, undefined too', async () => {
    expect(await eventually(() => undefined)).toBeUndefined();
    expect(await eventually(() => 0)).toBe(0);
  });

  test('throws the result of the last check when the time is over', async () => {
    const cause = new Error('3 is not 4');
    const failure = eventually(() => Promise.reject(cause), { timeoutMs: 20, intervalMs: 1 });
    await expect(failure).rejects.toThrow(EventuallyTimeoutError);
    await expect(failure).rejects.toMatchObject({
      message: 'The condition did not become true within 20 ms: 3 is not 4',
      cause,
    });
  });

  test('gives up on a check that never ends', async () => {
    const failure = eventually(() => new Promise(() => undefined), { timeoutMs: 20 });
    await expect(failure).rejects.toThrow('the first check did not end');
  });
});
