import { testConfig } from '../vitest.shared.ts';
import { resultReporter } from './src/report/result-reporter.ts';

export default testConfig(import.meta.url, {
  // One subject at a time, because latencies are measured.
  fileParallelism: false,
  reporters: [
    'default',
    ['json', { outputFile: 'test-results/vitest.json' }],
    resultReporter(process.stdout),
  ],
});
