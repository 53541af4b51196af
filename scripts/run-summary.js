import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './repository.js';

/**
 * What turbo says about a task that it ran.
 *
 * @typedef {object} TaskRun
 * @property {string} taskId such as `@product-api/cache#test`
 * @property {string} directory the workspace's folder, relative to the repository
 * @property {{ startTime: number, exitCode?: number }} [execution] when it began, in milliseconds
 *   since 1970, and how it ended; missing when it did not run
 */

const folder = join(repository, '.turbo', 'runs');

/** Deletes the summaries of earlier runs, so that the next one is the only one. */
export function deleteRunSummaries() {
  return rm(folder, { recursive: true, force: true });
}

/**
 * The tasks of the last `turbo run --summarize`.
 *
 * @returns {Promise<TaskRun[]>} none when turbo did not get as far as running any
 */
export async function readRunSummary() {
  const files = await readdir(folder).catch(() => []);
  const summaries = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return summaries.flatMap((summary) => JSON.parse(summary).tasks);
}
