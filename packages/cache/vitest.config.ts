import { testConfig } from '../../vitest.shared.ts';

export default testConfig(import.meta.url, {
  include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'verification/**/*.test.ts'],
});
