import { testConfig } from '../vitest.shared.ts';

export default testConfig(import.meta.url, {
  include: ['{http,race,scaling,statistics}/**/*.test.ts'],
});
