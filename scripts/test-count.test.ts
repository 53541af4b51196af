import { expect, test } from 'vitest';
import { countTests } from './test-count.js';

function report(numPassedTests: number, numFailedTests: number, skipped = 0) {
  const numTotalTests = numPassedTests + numFailedTests + skipped;
  return { numTotalTests, numPassedTests, numFailedTests };
}

test.each([
  [
    'tests of all tasks',
    [
      { exitCode: 0, report: report(2, 0) },
      { exitCode: 1, report: report(3, 2) },
    ],
    '5 passed, 2 failed',
  ],
  ['a failed check', [{ exitCode: 1 }, { exitCode: 0 }], '0 passed, 1 failed'],
  [
    'a failed task with passed tests',
    [{ exitCode: 1, report: report(4, 0) }],
    '4 passed, 1 failed',
  ],
  ['a task that was interrupted', [{ exitCode: undefined }], '0 passed, 1 failed'],
  ['skipped tests', [{ exitCode: 0, report: report(4, 0, 3) }], '4 passed, 0 failed, 3 skipped'],
])('counts %s', (_, tasks, line) => {
  expect(countTests(tasks)).toEqual({ line, succeeded: line.includes(' 0 failed') });
});
