import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The global setup of workspaces whose tests share a PostgreSQL server. */
export const postgresSetup = fileURLToPath(
  new URL('./packages/testing/src/postgres/postgres-setup.ts', import.meta.url),
);

/**
 * The settings that every workspace's tests share: internal packages are loaded from their source,
 * and a report is written to the workspace's test-results/vitest.json, from which `npm test`
 * counts.
 *
 * @param configUrl the `import.meta.url` of the workspace's vitest.config.ts
 * @param overrides settings of this workspace alone
 */
export function testConfig(configUrl: string, overrides: ViteUserConfig['test'] = {}) {
  const conditions = ['@product-api/source'];
  return defineConfig({
    root: fileURLToPath(new URL('.', configUrl)),
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: {
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
      testTimeout: 60_000,
      hookTimeout: 60_000,
      // Modules have no state, so test files can share them: that halves the processor time. Many
      // tests wait for a server, a timeout or a poll, so two workers are not too many for two
      // cores.
      isolate: false,
      maxWorkers: 2,
      ...overrides,
    },
  });
}
