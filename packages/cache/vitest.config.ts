import { testConfig } from '../../vitest.shared.ts';

export default testConfig(import.meta.url, {
  include: [
    'src/**/*.test.ts',
    'test/**/*.test.ts',
    'model/**/*.test.ts',
    'schedules/**/*.test.ts',
  ],
});
