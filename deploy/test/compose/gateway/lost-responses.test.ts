import { type RunningApi, startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startLosingProxies } from './losing-proxies.ts';
import { startGateway } from './start-gateway.ts';

const lamp = { name: 'Lamp', description: '', price: 1, stock_quantity: 1 };

describeWith('nginx')('a write whose service dies before it responds', () => {
  let api: RunningApi;

  beforeAll(async () => {
    api = await startApi({ env: { REQUIRE_IDEMPOTENCY: 'stock' } });
  });

  afterAll(() => api.stop());

  /** Returns a function that sends a request to the gateway, and one that loses its response. */
  async function startBehindGateway() {
    const proxies = await startLosingProxies(Number(new URL(api.baseUrl).port));
    onTestFinished(() => proxies.stop());
    const [first, second] = proxies.hosts;
    const gateway = await startGateway({ 'api-1': first, 'api-2': second });
    onTestFinished(() => gateway.stop());
    const send = (method: string, path: string, body?: object, headers: object = {}) =>
      fetch(`${gateway.baseUrl}${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', ...headers },
        body: body === undefined ? null : JSON.stringify(body),
      });
    const sendAndLose: typeof send = (...request) => {
      proxies.loseNextResponse();
      return send(...request);
    };
    return { send, sendAndLose };
  }

  type Send = Awaited<ReturnType<typeof startBehindGateway>>['send'];

  async function createLamp(send: Send) {
    const response = await send('POST', '/products', lamp);
    expect(response.status).toBe(201);
    const { id } = JSON.parse(await response.text());
    return { path: `/products/${id}`, etag: response.headers.get('etag') ?? '' };
  }

  async function stockChanges(send: Send, path: string): Promise<unknown> {
    const response = await send('GET', `${path}/stock-adjustments`);
    return JSON.parse(await response.text()).items.map(({ delta }: { delta: number }) => delta);
  }

  test('a conditional PUT is made once, and succeeds', async () => {
    const { send, sendAndLose } = await startBehindGateway();
    const { path, etag } = await createLamp(send);
    const response = await sendAndLose('PUT', path, { stock_quantity: 5 }, { 'If-Match': etag });
    expect([response.status, await response.json()]).toEqual([
      200,
      expect.objectContaining({ stock_quantity: 5 }),
    ]);
    expect(await stockChanges(send, path)).toEqual([4, 1]);
  });

  test('a DELETE succeeds', async () => {
    const { send, sendAndLose } = await startBehindGateway();
    const { path } = await createLamp(send);
    expect((await sendAndLose('DELETE', path)).status).toBe(204);
    expect((await send('GET', path)).status).toBe(404);
  });

  test('a PUT with a key of its own keeps it', async () => {
    const { send, sendAndLose } = await startBehindGateway();
    const { path } = await createLamp(send);
    const put = ['PUT', path, { stock_quantity: 5 }, { 'Idempotency-Key': '"order-17"' }] as const;
    expect((await sendAndLose(...put)).headers.get('idempotent-replayed')).toBe('true');
    const again = await send(...put);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
  });

  test('PATCH and POST are not repeated, and get no key', async () => {
    const { send } = await startBehindGateway();
    const { path } = await createLamp(send);
    for (const method of ['PATCH', 'POST'] as const) {
      const gateway = await startBehindGateway();
      const target = method === 'POST' ? '/products' : path;
      expect((await gateway.sendAndLose(method, target, lamp)).status).toBe(502);
    }
    const response = await send('POST', `${path}/stock-adjustments`, { delta: 1 });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ type: 'urn:product-api:problem:idempotency-key-missing' }),
    ]);
  });
});
