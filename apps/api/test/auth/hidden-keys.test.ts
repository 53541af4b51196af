import { execFileSync } from 'node:child_process';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { converse } from '../raw-connection.js';
import { send } from '../raw-request.js';
import { mouse } from '../sample-product.js';
import { messages } from '../start-workers.js';
import { ADMIN_KEY, createKey, sendWithKey } from './keys.js';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi({
    env: { AUTH: 'all', ADMIN_API_KEY: ADMIN_KEY, LOG_LEVEL: 'debug' },
  });
});

afterAll(() => api.stop());

test('no key is in the log, in an error response, in the metrics or in the list of processes', async () => {
  const { baseUrl } = api;
  const { id, key } = await createKey(baseUrl, ['products:read']);
  const secrets = [ADMIN_KEY, key, key.slice('pk_'.length + id.length + 1)];
  const seen: string[] = [];
  for (const secret of [ADMIN_KEY, key]) {
    for (const [method, path, body] of [
      ['GET', '/products?limit=0'],
      ['GET', '/nothing'],
      ['PATCH', '/products'],
      ['POST', '/products', mouse],
      ['POST', '/products', { name: '' }],
      ['GET', '/api-keys'],
      ['GET', '/api-keys/self'],
      ['DELETE', '/api-keys/x'],
      ['GET', '/metrics'],
    ] as const) {
      seen.push(JSON.stringify(await sendWithKey(baseUrl, { method, path, body }, secret)));
    }
    for (const authorization of [
      secret,
      `Basic ${secret}`,
      `Bearer ${secret}x`,
      `Bearer x ${secret}`,
    ]) {
      const headers = { Authorization: authorization };
      seen.push(JSON.stringify(await send(baseUrl, { path: '/products', headers })));
    }
    const broken = `GET /products HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\n`;
    seen.push(await converse(baseUrl, `${broken}X-Large: ${'x'.repeat(20_000)}\r\n\r\n`));
    seen.push(await converse(baseUrl, `${broken}no header\r\n\r\n`));
  }
  // Mistakes of clients: only the key's id may be logged.
  const revoke = { method: 'DELETE', path: `/api-keys/${key}` };
  seen.push(JSON.stringify(await sendWithKey(baseUrl, revoke, ADMIN_KEY)));
  for (const request of [
    { path: `/products?limit=1&access_token=${key}&api_key=${key}` },
    { path: '/products', headers: { 'X-Request-Id': `Bearer ${key}` } },
  ]) {
    seen.push(JSON.stringify(await send(baseUrl, request)));
  }
  seen.push(execFileSync('ps', ['-ww', '-e', '-o', 'args'], { encoding: 'utf8' }));
  await api.stop();
  seen.push(...api.logLines());
  expect(seen.filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);

  expect(messages(api, 'request')).toContainEqual(
    expect.objectContaining({ method: 'DELETE', path: `/api-keys/pk_${id}_***` }),
  );
  const reads = messages(api, 'request').filter(({ path }) => path === '/products?limit=0');
  expect(reads.map(({ api_key }) => api_key)).toEqual(['admin', id]);
});
