import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@product-api/client';
import {
  eventually,
  type RunningApi,
  sharedRedis,
  startApi,
  temporaryFolder,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { expect, onTestFinished, test } from 'vitest';
import { runCatalog } from './run-catalog.js';

/** A restart of two workers is slow on a busy machine. */
const patient = { timeoutMs: 30_000 };

/** More than the buffers of a connection hold. */
const large = Array.from({ length: 1500 }, (_, index) => ({
  name: `Large ${String(index).padStart(4, '0')}`,
  description: 'x'.repeat(8000),
  price: 1,
  stock_quantity: 0,
}));

function* numbered(name: string, count: number) {
  for (let index = 0; index < count; index++) {
    yield { name: `${name} ${index}`, description: '', price: 2, stock_quantity: index };
  }
}

/** Returns the process ids of log records with a message. */
function pidsOf(api: RunningApi, message: string): number[] {
  return api
    .logLines()
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => msg === message)
    .map(({ pid }) => Number(pid));
}

describeWith('redis')('a service with two workers', () => {
  test('an import and an export outlast the replacement of all workers', {
    timeout: 180_000,
  }, async () => {
    const folder = await temporaryFolder();
    onTestFinished(() => folder.remove());
    const redis = await sharedRedis();
    onTestFinished(() => redis.stop());
    const api = await startApi({
      env: {
        DATABASE_URL: `file:${folder.file('catalog.db')}`,
        REDIS_URL: redis.url,
        REDIS_TIMEOUT_MS: '2000',
        CACHE_NAMESPACE: `${folder.path}:`,
        SEED: 'false',
        WORKERS: '2',
      },
    });
    onTestFinished(() => api.stop());
    const sent: string[] = [];
    const { products } = createClient({
      baseUrl: api.baseUrl,
      onRequest: ({ method }) => void sent.push(method),
    });
    await products.import(large);
    const before = pidsOf(api, 'worker started');
    const hasReplaced = () => before.every((pid) => pidsOf(api, 'worker ended').includes(pid));

    // Both are in the middle when the workers are replaced.
    let attempts = 0;
    async function* slowly() {
      attempts += 1;
      yield* numbered('Slow', 250);
      while (!hasReplaced()) {
        await sleep(50);
      }
      yield* numbered('Slow', 250);
    }
    const imported = products.import(slowly);
    const exported: string[] = [];
    const exporting = (async () => {
      for await (const { name } of products.export({ sort: 'name', max_price: 1 })) {
        exported.push(name);
        while (exported.length === 1 && !hasReplaced()) {
          await sleep(50);
        }
      }
    })();
    await eventually(async () => {
      expect(exported).toHaveLength(1);
      expect(attempts).toBe(1);
    }, patient);
    api.kill('SIGHUP');
    expect(await imported).toMatchObject({ read: 500, created: 500, complete: true });
    await exporting;
    expect(exported).toEqual(large.map(({ name }) => name));
    // The second attempt can meet a worker that is replaced next.
    expect(attempts).toBeGreaterThan(1);

    // Two workers drain while the command imports a file.
    const lines = [...numbered('File', 2500)];
    const file = folder.file('products.ndjson');
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const command = runCatalog(['products', 'import', file], {
      baseUrl: api.baseUrl,
      retries: true,
    });
    const namesOf = async () => {
      const names: string[] = [];
      for await (const { name } of products.export({ min_price: 2 })) {
        names.push(name);
      }
      return names;
    };
    await eventually(async () => expect((await namesOf()).length).toBeGreaterThan(500), patient);
    for (const pid of pidsOf(api, 'worker started').slice(-2)) {
      process.kill(pid, 'SIGTERM');
    }
    expect(await command).toMatchObject({
      exitCode: 0,
      stdout: 'Read 2500 lines: 2500 created, 0 updated, 0 unchanged, 0 failed.\n',
    });
    const names = await namesOf();
    expect(names).toHaveLength(3000);
    expect(new Set(names.filter((name) => name.startsWith('File'))).size).toBe(2500);
  });
});
