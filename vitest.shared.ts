import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The settings every workspace's tests share; `configUrl` is the workspace's own `import.meta.url`. */
export function testConfig(configUrl: string, overrides: ViteUserConfig['test'] = {}) {
  const conditions = ['@product-api/source'];
  return defineConfig({
    root: fileURLToPath(new URL('.', configUrl)),
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: {
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
      testTimeout: 20_000,
      hookTimeout: 60_000,
      ...overrides,
    },
  });
}
