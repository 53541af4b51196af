import { createClient, type Product } from '@product-api/client';
import { eventually, type RunningApi, startApi } from '@product-api/testing';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryCatalog } from '../api-on-file.js';
import { admin } from '../catalog-admin.js';
import { mouse } from '../sample-product.js';
import { cursorNow, readChanges } from './change-requests.js';
import { openStream } from './event-stream.js';

async function start(file: string): Promise<RunningApi> {
  const api = await startApi({ env: { DATABASE_URL: `file:${file}`, SEED: 'false' } });
  onTestFinished(() => api.stop());
  return api;
}

/** Creates products, and returns a cursor behind them. */
async function create({ baseUrl }: RunningApi, count: number): Promise<string> {
  for (let created = 0; created < count; created++) {
    await createClient({ baseUrl }).products.create(mouse);
  }
  return cursorNow(baseUrl);
}

async function statusesOf({ baseUrl }: RunningApi, after: string): Promise<number[]> {
  const list = await readChanges(baseUrl, { after });
  const stream = await openStream(baseUrl, { query: `after=${after}` });
  stream.close();
  return [list.status, stream.status];
}

/** Returns all products. */
async function productsOf({ baseUrl }: RunningApi): Promise<Map<string, Product>> {
  const all = new Map<string, Product>();
  for await (const product of createClient({ baseUrl }).products.export()) {
    all.set(product.id, product);
  }
  return all;
}

/** Keeps a copy in step by the SDK until the test ends, and returns the statuses of responses. */
function keepInStep(copy: Map<string, Product>, { baseUrl }: RunningApi, cursor: string) {
  const end = new AbortController();
  const statuses: number[] = [];
  const { changes } = createClient({
    baseUrl,
    onResponse: ({ status }) => void statuses.push(status),
  });
  const done = changes.sync({
    signal: end.signal,
    store: { load: () => cursor, save: () => undefined },
    handler: {
      async replaceAll(products) {
        copy.clear();
        for await (const product of products) {
          copy.set(product.id, product);
        }
      },
      put: (product) => void copy.set(product.id, product),
      remove: (id) => void copy.delete(id),
    },
  });
  onTestFinished(async () => {
    end.abort(new Error('The test is over'));
    await expect(done).rejects.toThrow('The test is over');
  });
  return statuses;
}

test('after a restored backup, no cursor from before is valid', async () => {
  const { folder, file } = await temporaryCatalog();
  const former = await start(file);
  const inBackup = await create(former, 3);
  expect(await admin(file, 'backup', `${folder}/copy.db`)).toMatchObject({ code: 0 });
  const later = await create(former, 2);
  const copy = await productsOf(former);
  await former.stop();
  expect(await admin(file, 'restore', `${folder}/copy.db`)).toMatchObject({ code: 0 });
  const restored = await start(file);
  await create(restored, 3);
  expect(await statusesOf(restored, inBackup)).toEqual([410, 410]);
  expect(await statusesOf(restored, later)).toEqual([410, 410]);
  // A copy that has more than the backup had begins again.
  const statuses = keepInStep(copy, restored, later);
  await eventually(() => expect(statuses[0]).toBe(410));
  await create(restored, 1);
  const products = await productsOf(restored);
  expect(products.size).toBe(7);
  await eventually(() => expect(copy).toEqual(products));
});

test('after a backup was copied back by hand, cursors are valid as far as the backup goes', async () => {
  const { folder, file } = await temporaryCatalog();
  const former = await start(file);
  const inBackup = await create(former, 3);
  expect(await admin(file, 'backup', `${folder}/copy.db`)).toMatchObject({ code: 0 });
  const later = await create(former, 2);
  await former.stop();
  const copy = await start(`${folder}/copy.db`);
  expect(await statusesOf(copy, inBackup)).toEqual([200, 200]);
  // Ahead of the copy, and then at a change that another one has replaced.
  expect(await statusesOf(copy, later)).toEqual([410, 410]);
  await create(copy, 2);
  expect(await statusesOf(copy, later)).toEqual([410, 410]);
  await create(copy, 1);
  expect(await statusesOf(copy, later)).toEqual([410, 410]);
  expect(await statusesOf(copy, inBackup)).toEqual([200, 200]);
});
