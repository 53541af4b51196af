import { createClient } from '@product-api/client';
import { eventually, startApi } from '@product-api/testing';
import { expect, onTestFinished, test } from 'vitest';
import { ADMIN_KEY, bearer, createKey, revokeKey, sendWithKey } from '../auth/keys.js';
import { mouse } from '../sample-product.js';
import { openStream } from './event-stream.js';

test('a stream and a waiting request get no change after their key was revoked', async () => {
  const api = await startApi({ env: { AUTH: 'all', ADMIN_API_KEY: ADMIN_KEY } });
  onTestFinished(() => api.stop());
  const { baseUrl } = api;
  const { products } = createClient({ baseUrl, apiKey: ADMIN_KEY });
  const { id, key } = await createKey(baseUrl, ['changes:read']);
  const stream = await openStream(baseUrl, { headers: bearer(key) });
  await products.create(mouse);
  await stream.untilChanges(1);

  const waiting = sendWithKey(baseUrl, { path: '/changes?wait=30' }, key);
  await eventually(async () => {
    const { text } = await sendWithKey(baseUrl, { path: '/metrics' });
    expect(text).toContain('product_api_change_streams_running{kind="wait"} 1');
  });
  expect(await revokeKey(baseUrl, id)).toBe(204);
  await products.create(mouse);
  expect(await stream.ended).toBe(true);
  expect(stream.changes()).toHaveLength(1);
  expect((await waiting).status).toBe(401);
  expect((await openStream(baseUrl, { headers: bearer(key) })).status).toBe(401);
});
