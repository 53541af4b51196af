import { describe, expect, it as test } from 'vitest';
import { addCounts, countLine, countTask } from './test-count.js';

describe('countTask', () => {
  test('counts tests by how they ended, and everything that did not run as skipped', () => {
    const statuses = ['passed', 'passed', 'failed', 'skipped', 'pending', 'todo'];
    expect(countTask(false, report('failed', statuses))).toEqual({
      passed: 2,
      failed: 1,
      skipped: 3,
    });
  });

  test('counts a file that could not be loaded as a failure', () => {
    const oneFailed = report('failed', ['failed']);
    const unloadable = report('failed', []);
    const testResults = [...oneFailed.testResults, ...unloadable.testResults];
    expect(countTask(false, { startTime: 0, testResults })).toMatchObject({ passed: 0, failed: 2 });
  });

  test('counts a file whose hook failed as a failure', () => {
    const hookFailed = report('failed', ['passed', 'skipped']);
    expect(countTask(false, hookFailed)).toEqual({ passed: 1, failed: 1, skipped: 1 });
  });

  test('counts a task that failed although all of its tests passed as a failure', () => {
    expect(countTask(false, report('passed', ['passed']))).toMatchObject({ passed: 1, failed: 1 });
  });

  test('counts a check that failed, and nothing for one that succeeded', () => {
    expect(countTask(false, undefined).failed).toBe(1);
    expect(countTask(true, undefined)).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

describe('countLine', () => {
  test('names skipped tests only where there are any', () => {
    const count = { passed: 2, failed: 0, skipped: 0 };
    expect(countLine(count)).toBe('2 passed, 0 failed');
    expect(countLine(addCounts([count, { passed: 1, failed: 1, skipped: 3 }]))).toBe(
      '3 passed, 1 failed, 3 skipped',
    );
  });
});

function report(status: 'passed' | 'failed', tests: readonly string[]) {
  return {
    startTime: 0,
    testResults: [{ status, assertionResults: tests.map((test) => ({ status: test })) }],
  };
}
