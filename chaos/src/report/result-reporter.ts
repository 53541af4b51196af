import type { Reporter, TestModule } from 'vitest/node';
import { resultTable } from './result-table.js';
import type { RunResult } from './run-result.js';

/** Creates a reporter that prints the table of results after all tests. */
export function resultReporter(output: NodeJS.WritableStream): Reporter {
  return {
    onTestRunEnd(modules) {
      const results = modules.flatMap(resultsOf);
      if (results.length > 0) {
        output.write(`\n${resultTable(results)}\n`);
      }
    },
  };
}

function resultsOf(module: TestModule): RunResult[] {
  return [...module.children.allTests()].flatMap((test) => test.meta().chaos ?? []);
}
