import { describe } from 'vitest';
import { type SkippableNeed, testEnvironment } from './environment.js';

/**
 * Returns Vitest's `describe` for tests that need the given programs. If TEST_SKIP contains one of
 * them, the tests are reported as skipped.
 *
 * @example
 * describeWith('redis')('the relay', () => { … });
 */
export function describeWith(
  ...needs: readonly SkippableNeed[]
): ReturnType<typeof describe.skipIf> {
  const { skipped } = testEnvironment();
  return describe.skipIf(needs.some((need) => skipped.has(need)));
}
