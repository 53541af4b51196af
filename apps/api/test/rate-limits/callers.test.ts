import { Agent } from 'node:http';
import { eventually, type RunningApi, startApi, startNginx } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { send } from '../raw-request.js';
import { UNKNOWN_ID } from '../sample-product.js';
import { clientAt, countUntilLimited } from './limited-client.js';

const ADMIN_KEY = 'an-admin-key-for-tests-alone-0123456789';
const READ = `/products/${UNKNOWN_ID}`;

describe('with API keys', () => {
  let api: RunningApi;

  beforeAll(async () => {
    const RATE_LIMITS = 'read=10/1h, write=100/1h, bulk=off, unauthorized=4/1h';
    const env = { RATE_LIMITS, TRUST_PROXY: '1', AUTH: 'all', ADMIN_API_KEY: ADMIN_KEY };
    api = await startApi({ env: { ...env, LOG_LEVEL: 'info' } });
  });

  afterAll(() => api.stop());

  /** Makes a key that may read products. */
  async function newKey(): Promise<{ id: string; key: string }> {
    const admin = clientAt(api.baseUrl, '203.0.113.200', ADMIN_KEY);
    const { status, text } = await admin.post('/api-keys', {
      name: 'test',
      scopes: ['products:read'],
    });
    expect(status).toBe(201);
    return JSON.parse(text);
  }

  test('each key has its own quota, at whatever address', async () => {
    const [one, other] = [await newKey(), await newKey()];
    let host = 0;
    const readFromAnywhere = () => clientAt(api.baseUrl, `203.0.113.${++host}`, one.key).get(READ);
    expect(await countUntilLimited(readFromAnywhere, 10)).toBe(10);
    expect(await clientAt(api.baseUrl, '203.0.113.1', other.key).get(READ)).toMatchObject({
      status: 404,
    });
    await eventually(() => {
      const line = api.logLines().find((each) => each.includes('request above a rate limit'));
      expect(JSON.parse(line ?? '{}')).toMatchObject({ class: 'read', api_key: one.id });
    });
  });

  test('refusals of an address end in 429, and a valid key from there is served', async () => {
    const address = '192.0.2.1';
    const { key } = await newKey();
    const attempt = (sent?: string) => clientAt(api.baseUrl, address, sent).get(READ);
    const wrong = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
    const statuses = [];
    for (const sent of [undefined, 'x', wrong, wrong, wrong, undefined, ADMIN_KEY.toUpperCase()]) {
      statuses.push((await attempt(sent)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429, 429]);
    const { headers, text } = await attempt(wrong);
    expect(headers['ratelimit']).toMatch(/^"unauthorized";r=0;t=\d+$/);
    expect(JSON.parse(text)).toMatchObject({ 'violated-policies': ['unauthorized'] });
    expect(await attempt(key)).toMatchObject({ status: 404 });
    expect(await clientAt(api.baseUrl, '192.0.2.2').get(READ)).toMatchObject({ status: 401 });
  });

  test('a limited client that waits for 100 Continue is not asked for its body', async () => {
    const address = '192.0.2.3';
    const { get, send: sendAs } = clientAt(api.baseUrl, address);
    await countUntilLimited(() => get(READ), 4);
    const headers = { Expect: '100-continue', 'Content-Length': '100' };
    const { status, headers: received } = await sendAs({
      method: 'POST',
      path: '/products',
      headers,
    });
    expect(status).toBe(429);
    expect(received.connection).toBe('close');
  });
});

describe('without a trusted proxy', () => {
  test('X-Forwarded-For does not help', async () => {
    const RATE_LIMITS = 'read=10/1h, write=off, bulk=off';
    const api = await startApi({ env: { RATE_LIMITS } });
    onTestFinished(() => api.stop());
    let host = 0;
    const read = () => clientAt(api.baseUrl, `203.0.113.${++host}`).get(READ);
    expect(await countUntilLimited(read, 10)).toBe(10);
  });
});

describeWith('nginx')('behind nginx', () => {
  test('each client of the proxy has its own quota, whatever it sends itself', async () => {
    const RATE_LIMITS = 'read=10/1h, write=off, bulk=off';
    const api = await startApi({ env: { RATE_LIMITS, TRUST_PROXY: '1' } });
    onTestFinished(() => api.stop());
    const directives = `location / {
      proxy_pass ${api.baseUrl};
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }`;
    const nginx = await startNginx({ directives });
    onTestFinished(() => nginx.stop());

    let spoofed = 0;
    /** Reads from one of the addresses of this machine, with another spoofed address each time. */
    const readFrom = (localAddress: string) => {
      const headers = { 'X-Forwarded-For': `203.0.113.${++spoofed}, 10.0.0.${spoofed}` };
      const agent = new Agent({ localAddress });
      return send(nginx.baseUrl, { path: READ, headers }, agent);
    };
    expect(await countUntilLimited(() => readFrom('127.0.0.1'), 10)).toBe(10);
    expect(await readFrom('127.0.0.2')).toMatchObject({ status: 404 });
  });
});
