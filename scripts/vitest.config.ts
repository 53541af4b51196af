import { testConfig } from '../vitest.shared.ts';

export default testConfig(import.meta.url, { include: ['**/*.test.ts'] });
