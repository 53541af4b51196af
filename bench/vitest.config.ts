import { testConfig } from '../vitest.shared.ts';

export default testConfig(import.meta.url, { include: ['{http,race,statistics}/**/*.test.ts'] });
