// Imports and exports products, and prints how far the memory of the service grows meanwhile; fails
// if it grows by more than 64 MiB. The arguments are the number of products, by default a million,
// and `sqlite` or `postgres`.
import { Readable } from 'node:stream';
import { type RunningApi, startApi, startPostgres, temporaryFolder } from '@product-api/testing';
import { residentBytes } from '../http/run/machine.js';
import { newLines } from './new-products.js';

const MAX_GROWTH_MIB = 64;

/** Products that are moved before: until then the heap takes its usual size. */
const WARM_UP = 50_000;

const count = Number(process.argv[2] ?? 1_000_000);
const folder = await temporaryFolder();
const postgres = process.argv[3] === 'postgres' ? await startPostgres() : undefined;
const databaseUrl = postgres?.url ?? `file:${folder.file('catalog.db')}`;
const api = await startApi({
  env: { DATABASE_URL: databaseUrl, SEED: 'false', LOG_LEVEL: 'error' },
});
try {
  await move(api, WARM_UP, WARM_UP);
  const before = await residentBytes(api.pid);
  let highest = before;
  const sampling = setInterval(async () => {
    highest = Math.max(highest, await residentBytes(api.pid));
  }, 100);
  const began = performance.now();
  await move(api, count, WARM_UP + count);
  clearInterval(sampling);
  const growth = mebibytes(highest - before);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `${count} products in and out in ${seconds} s: ${mebibytes(before)} MiB before, ${growth} MiB more at most`,
  );
  process.exitCode = growth > MAX_GROWTH_MIB ? 1 : 0;
} finally {
  await api.stop();
  await postgres?.stop();
  await folder.remove();
}

/**
 * Imports new products, and exports the whole catalog.
 *
 * @param total the products of the catalog after the import
 */
async function move({ baseUrl }: RunningApi, lines: number, total: number): Promise<void> {
  const response = await fetch(`${baseUrl}/imports/products?mode=create`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: Readable.toWeb(Readable.from(newLines(lines))),
    duplex: 'half',
  });
  const report = await response.text();
  if (!report.includes(`"created":${lines},`)) {
    throw new Error(`The import failed: ${report.slice(0, 500)}`);
  }
  let exported = 0;
  for await (const chunk of (await fetch(`${baseUrl}/exports/products`)).body ?? []) {
    exported += Buffer.from(chunk).toString('latin1').split('\n').length - 1;
  }
  if (exported !== total) {
    throw new Error(`The export has ${exported} lines`);
  }
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
