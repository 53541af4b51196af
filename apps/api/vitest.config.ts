import { postgresSetup, testConfig } from '../../vitest.shared.ts';

export default testConfig(import.meta.url, { globalSetup: postgresSetup });
