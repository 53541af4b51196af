import { testConfig } from '../vitest.shared.ts';
import { summaryReporter } from './src/report/summary-reporter.ts';

export default testConfig(import.meta.url, {
  // One deployment at a time: what its answers take is measured.
  fileParallelism: false,
  reporters: [
    'default',
    ['json', { outputFile: 'test-results/vitest.json' }],
    summaryReporter(process.stdout),
  ],
});
