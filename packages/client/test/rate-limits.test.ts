import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, RateLimitError } from '../src/index.js';
import { mouse } from './sample-data.js';

const lamp = { name: 'Lamp', description: 'Warm light', price: 12.5, stock_quantity: 3 };

const CALLS = 200;
/** A response is received a little before its hook is called. */
const HOOK_DELAY_MS = 100;

let api: RunningApi;

beforeAll(async () => {
  api = await startApi({ env: { RATE_LIMITS: 'read=100/2s, write=1/60s, bulk=off' } });
});
afterAll(() => api?.stop());

test('200 calls above the limit are all made, and none while the service says to wait', async () => {
  const refusals: { readonly at: number; readonly seconds: number }[] = [];
  const sentAt: number[] = [];
  const { products } = createClient({
    baseUrl: api.baseUrl,
    timeoutMs: Infinity,
    retry: { limit: 100 },
    onRequest: () => void sentAt.push(performance.now()),
    onResponse: ({ status, headers }) => {
      if (status === 429) {
        refusals.push({ at: performance.now(), seconds: Number(headers.get('retry-after')) });
      }
    },
  });
  const calls = Array.from({ length: CALLS }, () => products.get(mouse.id));
  const outcomes = await Promise.allSettled(calls);
  const names = new Set(outcomes.map((each) => each.status === 'rejected' && each.reason.name));
  expect([...names]).toEqual(['NotFoundError']);
  expect(refusals.length).toBeGreaterThan(0);
  const tooEarly = refusals.flatMap(({ at, seconds }) =>
    sentAt.filter((time) => time > at && time < at + seconds * 1000 - HOOK_DELAY_MS),
  );
  expect(tooEarly).toEqual([]);
});

test('a call that cannot wait is told how long it should, and which limit it exceeded', async () => {
  const { products, health } = createClient({ baseUrl: api.baseUrl });
  await products.create(lamp);
  const refused = await products.create(lamp).catch((error: unknown) => error);
  const held = await products.get(mouse.id).catch((error: unknown) => error);
  for (const error of [refused, held]) {
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({
      status: 429,
      violatedPolicies: ['write'],
      retryAfterSeconds: expect.toSatisfy((seconds) => seconds > 10 && seconds <= 60),
    });
  }
  expect(held).toMatchObject({ method: 'GET' });
  expect(await health.live()).toEqual({ status: 'ok' });
});
