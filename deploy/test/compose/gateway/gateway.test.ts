import {
  eventually,
  freePort,
  type Nginx,
  type RunningApi,
  type SharedRedis,
  sharedRedis,
  startApi,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGateway } from './start-gateway.ts';

/** Two services on one database and one Redis; they share nothing else. */
describeWith('nginx', 'redis')('two services behind the gateway', () => {
  let redis: SharedRedis;
  let folder: TemporaryFolder;
  let ports: readonly [number, number];
  let services: [RunningApi, RunningApi];
  let gateway: Nginx;

  const startService = (port: number) =>
    startApi({
      env: {
        PORT: String(port),
        DATABASE_URL: `file:${folder.file('catalog.db')}`,
        REDIS_URL: redis.url,
        REDIS_TIMEOUT_MS: '2000',
        CACHE_NAMESPACE: `${folder.path}:`,
        SHUTDOWN_DELAY_MS: '250',
      },
    });

  beforeAll(async () => {
    [redis, folder] = await Promise.all([sharedRedis(), temporaryFolder()]);
    ports = [await freePort(), await freePort()];
    services = [await startService(ports[0]), await startService(ports[1])];
    const [first, second] = ports.map((port) => `127.0.0.1:${port}`);
    gateway = await startGateway({ 'api-1': String(first), 'api-2': String(second) });
  });

  afterAll(async () => {
    await gateway.stop();
    await Promise.all(services.map((service) => service.stop()));
    await redis.stop();
    await folder.remove();
  });

  function send(method: string, path: string, product?: object): Promise<Response> {
    const headers = { 'Content-Type': 'application/json' };
    const body = product === undefined ? null : JSON.stringify(product);
    return fetch(`${gateway.baseUrl}${path}`, { method, headers, body });
  }

  async function createProduct(): Promise<string> {
    const response = await send('POST', '/products', {
      name: 'Lamp',
      description: '',
      price: 1,
      stock_quantity: 1,
    });
    expect(response.status).toBe(201);
    return JSON.parse(await response.text()).id;
  }

  /** Changes and reads a product until `act` has ended, and 50 times more. */
  async function underLoad(act: () => Promise<void>): Promise<void> {
    const id = await createProduct();
    let done = 0;
    let isEnding = false;
    const loop = async (round: number): Promise<void> => {
      const response =
        round % 2 === 0
          ? await send('PUT', `/products/${id}`, { price: round + 1 })
          : await send('GET', `/products/${id}`);
      expect([response.status, await response.text()]).toEqual([200, expect.any(String)]);
      done += 1;
      return isEnding ? undefined : await loop(round + 1);
    };
    const loops = Promise.all([loop(0), loop(1), loop(2)]);
    const atLeast = (count: number) => Promise.race([loops, eventually(() => done >= count)]);
    await atLeast(50);
    await act();
    await atLeast(done + 50);
    isEnding = true;
    await loops;
  }

  test('share the requests, and a read after a write has the new value', async () => {
    const id = await createProduct();
    for (let price = 1; price <= 20; price++) {
      await send('PUT', `/products/${id}`, { price });
      expect(await (await send('GET', `/products/${id}`)).json()).toMatchObject({ price });
    }
    for (const service of services) {
      expect(service.logLines().join('\n')).toContain(id);
    }
  });

  test('a body over the limit of the service gets the response of the service', async () => {
    const response = await send('POST', '/products', { name: 'a'.repeat(2 * 1024 * 1024) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      type: 'urn:product-api:problem:content-too-large',
    });
  });

  test.each([
    '/metrics',
    '/metrics/',
    '/METRICS',
    '/%6Detrics',
    '/metrics?a=b',
    '/health/ready',
    '/Health/%72eady/',
  ])('what is for monitoring is not served at %s', async (path) => {
    const response = await send('GET', path);
    expect([response.status, await response.text()]).toEqual([
      404,
      expect.not.stringMatching(/product_api_|"database"/),
    ]);
  });

  test('a service that is stopped and started again fails no request', async () => {
    await underLoad(async () => {
      await services[0].stop();
      services[0] = await startService(ports[0]);
    });
  });

  // From here on, one service is left.
  test('a service that is killed fails no request', async () => {
    await underLoad(async () => {
      // nginx uses the service that was started again after a second.
      const lines = services[0].logLines().length;
      await eventually(() => services[0].logLines().length > lines);
      services[1].kill('SIGKILL');
      await services[1].exit;
    });
  });

  test('a request that no service responds to gets a problem document', async () => {
    await Promise.all(services.map((service) => service.stop()));
    const response = await send('GET', '/products');
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Bad gateway',
      status: 502,
      detail: 'No API service responded',
      request_id: response.headers.get('x-request-id'),
    });
  });
});
