import { postgresSetup, testConfig } from '../../vitest.shared.ts';

// Most of the time these tests wait for a service to start, to stop or to time out.
export default testConfig(import.meta.url, { maxWorkers: 3, globalSetup: postgresSetup });
