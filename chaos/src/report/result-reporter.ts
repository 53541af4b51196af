import type { Reporter, TestModule } from 'vitest/node';
import type { Summary } from './summary.js';
import { summaryTable } from './summary-table.js';

/** Prints, after all tests, the table of what the scenarios have found. */
export function summaryReporter(output: NodeJS.WritableStream): Reporter {
  return {
    onTestRunEnd(modules) {
      const summaries = modules.flatMap(summariesOf);
      if (summaries.length > 0) {
        output.write(`\n${summaryTable(summaries)}\n`);
      }
    },
  };
}

function summariesOf(module: TestModule): Summary[] {
  return [...module.children.allTests()].flatMap((test) => test.meta().chaos ?? []);
}
