/** @typedef {import('./test-report.js').TestReport} TestReport */
/** @typedef {import('./test-report.js').TestFile} TestFile */

/** @typedef {{ passed: number, failed: number, skipped: number }} TestCount */

/**
 * Counts what a task says: its tests, if it has a report, and one failure for a task that failed
 * without a failed test (a check that found something, an error outside the tests).
 *
 * @param {boolean} succeeded whether the task ended well
 * @param {TestReport | undefined} report
 * @returns {TestCount}
 */
export function countTask(succeeded, report) {
  const count = addCounts((report?.testResults ?? []).map(countFile));
  return !succeeded && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/**
 * A file that failed without a failed test (it could not be loaded, a hook failed) is a failure.
 *
 * @param {TestFile} file
 * @returns {TestCount}
 */
function countFile(file) {
  const tests = file.assertionResults.map(({ status }) => status);
  const passed = tests.filter((status) => status === 'passed').length;
  const failed = tests.filter((status) => status === 'failed').length;
  return {
    passed,
    failed: file.status === 'failed' ? Math.max(1, failed) : failed,
    skipped: tests.length - passed - failed,
  };
}

/**
 * @param {readonly TestCount[]} counts
 * @returns {TestCount} their sum
 */
export function addCounts(counts) {
  return counts.reduce(
    (sum, count) => ({
      passed: sum.passed + count.passed,
      failed: sum.failed + count.failed,
      skipped: sum.skipped + count.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/**
 * The line that `npm test` ends with: `12 passed, 0 failed`, and `, 3 skipped` if there are any.
 *
 * @param {TestCount} count
 * @returns {string}
 */
export function countLine({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}
