import { type RunningApi, startApi } from '@product-api/testing';
import { afterEach, expect, test } from 'vitest';
import { send } from './raw-request.js';

let api: RunningApi;

afterEach(() => api.stop());

const ORIGIN = 'https://shop.example';
const preflight = { Origin: ORIGIN, 'Access-Control-Request-Method': 'PUT' };

test('no other origin is let in by default', async () => {
  api = await startApi();
  const answer = await send(api.baseUrl, { path: '/products', headers: { Origin: ORIGIN } });
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});

test('an origin that is named may call, and read the headers that matter', async () => {
  api = await startApi({ env: { CORS_ORIGINS: `https://other.example, ${ORIGIN}` } });
  const answer = await send(api.baseUrl, { path: '/products', headers: { Origin: ORIGIN } });
  expect(answer.headers).toMatchObject({
    'access-control-allow-origin': ORIGIN,
    'access-control-expose-headers': 'ETag,Location,Retry-After,X-Cache,X-Request-Id',
  });
  const asked = { method: 'OPTIONS', path: '/products/x', headers: preflight };
  expect(await send(api.baseUrl, asked)).toMatchObject({
    status: 204,
    headers: { 'access-control-allow-origin': ORIGIN },
  });
});
