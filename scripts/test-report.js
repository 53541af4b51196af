import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The part of Vitest's JSON report (in Jest's format) that is read here.
 *
 * @typedef {object} TestReport
 * @property {number} startTime in milliseconds since 1970
 * @property {TestFile[]} testResults
 *
 * @typedef {object} TestFile
 * @property {'passed' | 'failed'} status `failed` also when it could not be loaded
 * @property {{ status: string }[]} assertionResults one for each test
 */

/**
 * Reads the report that a workspace's tests have written, see vitest.shared.ts.
 *
 * @param {string} workspace the absolute path of its folder
 * @param {number} since reports begun before this time, in milliseconds since 1970, are old
 * @returns {Promise<TestReport | undefined>}
 */
export async function readTestReport(workspace, since) {
  const file = join(workspace, 'test-results', 'vitest.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const report = text === undefined ? undefined : JSON.parse(text);
  return report?.startTime >= since ? report : undefined;
}
