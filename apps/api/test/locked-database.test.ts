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
  const post = () => sendJson(api.baseUrl, 'POST', '/products', JSON.stringify(mouse));

  await other.client.$transaction(
    async () => {
      const refused = post();
      expect(await products.get(kept.id)).toEqual(kept);
      expect((await products.listPage()).items).toContainEqual(kept);
      const { status, headers, text } = await refused;
      expect(status).toBe(503);
      expect(headers['retry-after']).toBe('1');
      expect(JSON.parse(text)).toMatchObject({ title: 'Service unavailable' });
      expect(text).not.toMatch(/sqlite|prisma/i);
      await eventually(() =>
        expect(messages(api, 'request failed')).toEqual([
          expect.objectContaining({
            reason: expect.stringMatching(/locked .*: end its transaction/),
          }),
        ]),
      );
    },
    { timeout: 15_000 },
  );

  expect((await post()).status).toBe(201);
  await other.close();
});
