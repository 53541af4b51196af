// Imports and exports many products over HTTP, beside the same work by other means, and prints the
// ratios. It creates the database in a temporary folder.
import { openDatabase } from '@product-api/database';
import { startApi, temporaryFolder } from '@product-api/testing';
import Libsql from 'libsql';
import { markdownTable } from '../report/markdown-table.js';
import { newLines, newProduct } from './new-products.js';

const LINES = 100_000;

/** Requests of the slow way, whose rate is compared. */
const POSTS = 6000;

/** Requests one after another. */
const POSTS_ALONE = 500;

/** Requests in flight together. */
const TOGETHER = 32;

/** Lines of a transaction, as an import has them. */
const CHUNK = 200;

/** Returns how many things a second a function does. */
async function rateOf(count: number, run: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await run();
  return (count * 1000) / (performance.now() - startedAt);
}

const folder = await temporaryFolder();
const url = `file:${folder.file('catalog.db')}`;
const api = await startApi({ env: { DATABASE_URL: url, SEED: 'false', LOG_LEVEL: 'error' } });
try {
  const alone = await rateOf(POSTS_ALONE, () => sendPosts(POSTS_ALONE, 1));
  const posts = await rateOf(POSTS, () => sendPosts(POSTS, TOGETHER));
  const imported = await rateOf(LINES, sendImport);
  const exported = await rateOf(LINES + POSTS + POSTS_ALONE, readExport);
  const chunks = await rateOf(LINES, writeChunks);
  const selected = await rateOf(2 * LINES + POSTS + POSTS_ALONE, selectAll);
  const rows = [
    ['Import ÷ as many POSTs, one after another', imported, alone, 20],
    [`Import ÷ as many POSTs, ${TOGETHER} in flight`, imported, posts, undefined],
    ['Import ÷ its statements without HTTP', imported, chunks, 0.7],
    ['Export ÷ one SELECT and JSON', exported, selected, 0.5],
  ] as const;
  console.log(
    markdownTable(
      ['', 'products a second', 'beside', 'ratio', 'goal'],
      rows.map(([title, ours, other, goal]) => [
        title,
        String(Math.round(ours)),
        String(Math.round(other)),
        (ours / other).toFixed(2),
        goal === undefined ? '' : `≥ ${goal}`,
      ]),
    ),
  );
} finally {
  await api.stop();
  await folder.remove();
}

async function sendPosts(count: number, together: number): Promise<void> {
  let next = 0;
  const client = async () => {
    for (let n = next++; n < count; n = next++) {
      const response = await fetch(`${api.baseUrl}/products`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(newProduct(n)),
      });
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: together }, client));
}

async function sendImport(): Promise<void> {
  const response = await fetch(`${api.baseUrl}/imports/products?mode=create`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: [...newLines(LINES)].join(''),
  });
  const report = await response.text();
  if (!report.includes(`"created":${LINES},`)) {
    throw new Error(`The import failed: ${report.slice(0, 500)}`);
  }
}

async function readExport(): Promise<void> {
  const response = await fetch(`${api.baseUrl}/exports/products`);
  let lines = 0;
  for await (const chunk of response.body ?? []) {
    lines += Buffer.from(chunk).toString('latin1').split('\n').length - 1;
  }
  if (lines !== LINES + POSTS + POSTS_ALONE) {
    throw new Error(`The export has ${lines} lines`);
  }
}

/** Sends the statements of an import without HTTP, lines and validation. */
async function writeChunks(): Promise<void> {
  const { sqliteStatements } = await import(
    new URL('../../apps/api/dist/products/database/sqlite/sqlite-statements.js', import.meta.url)
      .href
  );
  const database = await openDatabase({ url });
  for (let first = 0; first < LINES; first += CHUNK) {
    const inserts = Array.from({ length: CHUNK }, (_, index) => ({
      kind: 'insert',
      id: crypto.randomUUID(),
      product: newProduct(first + index),
      at: new Date(),
    }));
    await database.transaction((transaction) =>
      transaction.$queryRaw(sqliteStatements.insertRows(inserts)),
    );
  }
  await database.close();
}

/** Reads and prints all products at once, by the driver alone. */
function selectAll(): void {
  const database = new Libsql(folder.file('catalog.db'));
  const rows = database
    .prepare(
      `SELECT id, name, description, price_units / 10000.0 AS price, stock_quantity
       FROM products ORDER BY created_at, id`,
    )
    .all();
  Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  database.close();
}
