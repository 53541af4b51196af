import { readFile } from 'node:fs/promises';
import { createClient } from '@product-api/client';
import { startApi } from '@product-api/testing';
import { expect, onTestFinished, test } from 'vitest';
import { describeDatabases } from '../describe-databases.js';

/** TRANSFER_LINES: the number of products. Default 5000. */
const LINES = Number(process.env['TRANSFER_LINES'] ?? 5000);

/**
 * Products that are moved before the memory is measured: until then the heap takes its usual size.
 */
const WARM_UP = Math.min(50_000, LINES);

const MAX_GROWTH_MIB = 64;

async function memoryMib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

/** Returns new products, one after the other. */
function* numbered(count: number) {
  for (let n = 0; n < count; n++) {
    yield { name: `Product ${n}`, description: 'd'.repeat(60), price: 1, stock_quantity: n };
  }
}

describeDatabases((catalog) => {
  test(`the memory does not grow with ${LINES} products`, {
    timeout: 60_000 + LINES * 3,
  }, async () => {
    const api = await startApi({ env: { DATABASE_URL: catalog().url, SEED: 'false' } });
    onTestFinished(() => api.stop());
    const { products } = createClient({ baseUrl: api.baseUrl });
    const exported = async () => {
      let count = 0;
      for await (const _ of products.export()) {
        count += 1;
      }
      return count;
    };
    await products.import(() => numbered(WARM_UP), { mode: 'create' });
    await exported();
    const before = await memoryMib(api.pid);
    let highest = 0;
    const sampling = setInterval(async () => {
      highest = Math.max(highest, await memoryMib(api.pid));
    }, 100);
    try {
      const summary = await products.import(() => numbered(LINES), { mode: 'create' });
      expect(summary).toMatchObject({ created: LINES, complete: true });
      expect(await exported()).toBe(WARM_UP + LINES);
    } finally {
      clearInterval(sampling);
    }
    highest = Math.max(highest, await memoryMib(api.pid));
    expect(
      highest - before,
      `${before.toFixed()} MiB before, ${highest.toFixed()} MiB at most`,
    ).toBeLessThan(MAX_GROWTH_MIB);
  });
});
