/**
 * The result of a task: its exit code, and the fields of Vitest's JSON report that are counted.
 *
 * @typedef {{ numTotalTests: number, numPassedTests: number, numFailedTests: number }} TestReport
 * @typedef {{ exitCode: number | undefined, report?: TestReport | undefined }} TaskResult
 */

/**
 * Returns the last line of `npm test`, and whether everything passed. A task that failed without a
 * failed test (a check, or a file that could not be loaded) counts as one failure.
 *
 * @param {readonly TaskResult[]} tasks
 */
export function countTests(tasks) {
  let [passed, failed, skipped] = [0, 0, 0];
  for (const { exitCode, report } of tasks) {
    const { numTotalTests = 0, numPassedTests = 0, numFailedTests = 0 } = report ?? {};
    passed += numPassedTests;
    failed += exitCode === 0 ? numFailedTests : Math.max(1, numFailedTests);
    skipped += numTotalTests - numPassedTests - numFailedTests;
  }
  const line = `${passed} passed, ${failed} failed`;
  return { line: skipped === 0 ? line : `${line}, ${skipped} skipped`, succeeded: failed === 0 };
}
