import { createClient } from '@product-api/client';
import { openDatabase } from '@product-api/database';
import { eventually, type RunningApi, startApi, temporaryFolder } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendJson } from './raw-request.js';
import { mouse } from './sample-product.js';
import { messages } from './start-workers.js';

let api: RunningApi;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let url: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  url = `file:${folder.file('catalog.db')}`;
  api = await startApi({ env: { DATABASE_URL: url } });
});

afterAll(async () => {
  await api.stop();
  await folder.remove();
});

test('while another process locks the database, reads succeed and writes are 503', async () => {
  const { products } = createClient({ baseUrl: api.baseUrl });
  const kept = await products.create(mouse);
  const other = await openDatabase({ url });
  const adjustment = `/products/${kept.id}/stock-adjustments`;
  const adjust = () => sendJson(api.baseUrl, 'POST', adjustment, '{"delta":1}');
  const post = () => sendJson(api.baseUrl, 'POST', '/products', JSON.stringify(mouse));

  await other.client.$transaction(
    async () => {
      const refused = Promise.all([post(), adjust()]);
      expect(await products.get(kept.id)).toEqual(kept);
      expect((await products.listPage()).items).toContainEqual(kept);
      for (const { status, headers, text } of await refused) {
        expect(status).toBe(503);
        expect(headers['retry-after']).toBe('1');
        expect(JSON.parse(text)).toMatchObject({ title: 'Service unavailable' });
        expect(text).not.toMatch(/sqlite|prisma/i);
      }
      const locked = expect.objectContaining({
        reason: expect.stringMatching(/locked .*: end its transaction/),
      });
      await eventually(() => expect(messages(api, 'request failed')).toEqual([locked, locked]));
    },
    { timeout: 15_000 },
  );

  expect((await post()).status).toBe(201);
  expect((await adjust()).status).toBe(200);
  expect(await products.get(kept.id)).toMatchObject({ stock_quantity: mouse.stock_quantity + 1 });
  await other.close();
});
