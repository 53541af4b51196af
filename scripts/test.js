// npm test: installs missing dependencies, runs all checks and tests, and prints their count in the
// last line. Arguments are passed to turbo: npm test -- --filter=@product-api/cache
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installDependencies } from './preparation/install-dependencies.js';
import { turbo } from './preparation/turbo.js';
import { endWithParent } from './processes/end-with-parent.js';
import { repository } from './repository.js';
import { countTests } from './test-count.js';

const checks = ['lint:code', 'lint:imports', 'lint', 'typecheck', 'test'];
/** The tests of this workspace take longest. */
const LONGEST = '@product-api/api';
/**
 * Each round is a list of runs of turbo in parallel. Turbo does not begin with the longest task, so
 * the API's tests have a run of their own, which begins as soon as everything is built. The chaos
 * tests measure latencies, so they run alone.
 */
const allRounds = [
  [['build', 'provision']],
  [
    ['typecheck', 'test', '--only', `--filter=${LONGEST}`],
    [...checks, '--only', `--filter=!${LONGEST}`],
  ],
  [['chaos']],
];
const given = process.argv.slice(2);
const rounds = given.length === 0 ? allRounds : [[[...checks, ...given]], [['chaos', ...given]]];
/** The tasks that write a Vitest report to test-results/vitest.json, see vitest.shared.ts. */
const reporting = ['test', 'chaos'];
const summaries = join(repository, '.turbo', 'runs');

endWithParent();
const ending = new AbortController();
process.once('SIGINT', () => ending.abort()).once('SIGTERM', () => ending.abort());
const results = await runTests().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  return [{ exitCode: 1 }];
});
const { line, succeeded } = countTests(results);
process.exitCode = succeeded ? 0 : 1;
process.stdout.write(`${line}\n`);

async function runTests() {
  await installDependencies();
  const results = [];
  for (const round of rounds) {
    if (!ending.signal.aborted) {
      results.push(...(await runRound(round)));
    }
  }
  return results;
}

/** @param {readonly (readonly string[])[]} round the arguments of each run */
async function runRound(round) {
  await rm(summaries, { recursive: true, force: true });
  const options = ['--continue=always', '--summarize', '--output-logs=new-only'];
  const exitCodes = await Promise.all(round.map((args) => turbo(['run', ...args, ...options])));
  const files = await readdir(summaries).catch(() => []);
  const texts = await Promise.all(files.map((file) => readFile(join(summaries, file), 'utf8')));
  const executed = texts.flatMap((text) => JSON.parse(text).tasks).filter((task) => task.execution);
  const results = await Promise.all(executed.map(taskResult));
  // Turbo itself can fail while no task does, for example because of its configuration.
  const exitCode = exitCodes.find((code) => code !== 0);
  return exitCode === undefined || results.some((result) => result.exitCode !== 0)
    ? results
    : [...results, { exitCode }];
}

/**
 * @param {{
 *   task: string,
 *   directory: string,
 *   execution: { startTime: number, exitCode?: number },
 * }} run a task in turbo's summary
 */
async function taskResult({ task, directory, execution: { startTime, exitCode } }) {
  if (!reporting.includes(task)) {
    return { exitCode };
  }
  const file = join(repository, directory, 'test-results', 'vitest.json');
  const report = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  // A report from before this task began is of an earlier run.
  return report.startTime >= startTime ? { exitCode, report } : { exitCode };
}
