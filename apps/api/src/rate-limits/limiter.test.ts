import { expect, test } from 'vitest';
import { Limiter, MAX_CALLERS } from './limiter.js';
import { policyOf } from './policy.js';

const policy = policyOf('read', { quota: 1, windowSeconds: 3600, burst: 1 });
const one = { units: 1, whole: 1 };

test('of more callers than the maximum, the least recently seen is forgotten', () => {
  const limiter = new Limiter(policy, undefined, () => 0);
  const isAllowed = (caller: string) => limiter.take(caller, one);
  expect(isAllowed('first')).toMatchObject({ isAllowed: true });
  expect(isAllowed('first')).toMatchObject({ isAllowed: false, waitMs: 3_600_000 });
  for (let caller = 0; caller < MAX_CALLERS; caller++) {
    expect(isAllowed(`caller ${caller}`)).not.toBeInstanceOf(Promise);
  }
  expect(isAllowed('first')).toMatchObject({ isAllowed: true });
  expect(isAllowed(`caller ${MAX_CALLERS - 1}`)).toMatchObject({ isAllowed: false });
});
