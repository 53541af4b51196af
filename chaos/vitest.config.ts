import { configDefaults } from 'vitest/config';
import { testConfig } from '../vitest.shared.ts';
import { readChaosConfig } from './src/config.ts';
import { resultReporter } from './src/report/result-reporter.ts';

// The failovers by Sentinel take a minute, and the API's tests have them too.
const longer = readChaosConfig().faults === 'each' ? [] : ['test/sentinel.test.ts'];

export default testConfig(import.meta.url, {
  exclude: [...configDefaults.exclude, ...longer],
  // One subject at a time, because latencies are measured.
  fileParallelism: false,
  reporters: [
    'default',
    ['json', { outputFile: 'test-results/vitest.json' }],
    resultReporter(process.stdout),
  ],
});
