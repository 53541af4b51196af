// npm test: installs what is missing, runs every check and test, and ends with one line that
// counts them. Arguments go to turbo: npm test -- --filter=@product-api/cache
import { join } from 'node:path';
import { endWithParent } from './end-with-parent.js';
import { install } from './install.js';
import { repository } from './repository.js';
import { deleteRunSummaries, readRunSummary } from './run-summary.js';
import { addCounts, countLine, countTask } from './test-count.js';
import { readTestReport } from './test-report.js';
import { turbo } from './turbo.js';

/** The tasks that run side by side; those of the second round measure times, so they come alone. */
const rounds = [['lint:code', 'lint:imports', 'lint', 'typecheck', 'test'], ['chaos']];
/** The tasks that write a report of their tests. */
const reporting = ['test', 'chaos'];

endWithParent();
const ending = new AbortController();
process.once('SIGINT', () => ending.abort()).once('SIGTERM', () => ending.abort());
const count = await runTests().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  return { passed: 0, failed: 1, skipped: 0 };
});
process.exitCode = count.failed === 0 ? 0 : 1;
process.stdout.write(`${countLine(count)}\n`);

async function runTests() {
  await install();
  const counts = [];
  for (const tasks of rounds) {
    if (!ending.signal.aborted) {
      counts.push(await runRound(tasks));
    }
  }
  return addCounts(counts);
}

/** @param {readonly string[]} tasks */
async function runRound(tasks) {
  await deleteRunSummaries();
  const options = ['--continue=always', '--summarize', '--output-logs=new-only'];
  const code = await turbo(['run', ...tasks, ...options, ...process.argv.slice(2)]);
  const count = addCounts(await Promise.all((await readRunSummary()).map(countRun)));
  // Turbo may have failed where no task did, by a fault in its configuration for example.
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** @param {import('./run-summary.js').TaskRun} task */
async function countRun({ taskId, directory, execution }) {
  if (execution === undefined) {
    return addCounts([]);
  }
  const report = reporting.some((task) => taskId.endsWith(`#${task}`))
    ? await readTestReport(join(repository, directory), execution.startTime)
    : undefined;
  return countTask(execution.exitCode === 0, report);
}
