import { describe } from 'vitest';
import { type SkippableNeed, testEnvironment } from './environment.js';

/**
 * Vitest's `describe` for tests that need these things; where TEST_SKIP names one of them, the
 * tests are reported as skipped. `describeWith('redis')('the relay', () => { … })`.
 */
export function describeWith(
  ...needs: readonly SkippableNeed[]
): ReturnType<typeof describe.skipIf> {
  const { skipped } = testEnvironment();
  return describe.skipIf(needs.some((need) => skipped.has(need)));
}
