import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCatalog } from './run-catalog.js';
import { startServer } from './start-server.js';

const LIST = ['products', 'list', '--json'];
const page = JSON.stringify({ items: [], next_cursor: null });

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ env: { RATE_LIMITS: 'read=off, write=1/5s, bulk=off' } });
});
afterAll(() => api?.stop());

test('above a limit of the service, a write waits, or fails with --no-wait', async () => {
  const create = ['products', 'create', '--name', 'Lamp', '--price', '5', '--stock', '1', '--json'];
  const options = { baseUrl: api.baseUrl, retries: true };
  expect(await runCatalog(create, options)).toMatchObject({ exitCode: 0, stderr: '' });
  const refused = await runCatalog([...create, '--no-wait'], options);
  expect(refused).toMatchObject({ exitCode: 11, stdout: '' });
  expect(refused.stderr).toMatch(/\n {2}The service says to wait [1-5] s\.\n$/);
  const waited = await runCatalog(create, options);
  expect(waited).toMatchObject({ exitCode: 0 });
  expect(waited.stderr).toMatch(/^The service allows no more requests now: waiting [1-6] s .+\n$/);
});

/** Starts a service that refuses the first request, and returns it with what it has counted. */
async function startBusyService(status: number, retryAfter: string) {
  const counted = { requests: 0 };
  const baseUrl = await startServer((_request, response) => {
    counted.requests += 1;
    if (counted.requests === 1) {
      response.writeHead(status, { 'retry-after': retryAfter }).end();
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end(page);
    }
  });
  return { baseUrl, counted };
}

test.each([
  [429, 'allows no more requests now'],
  [503, 'is busy'],
])('after a %i, the command waits, says so once, and goes on', async (status, reason) => {
  const { baseUrl, counted } = await startBusyService(status, '1');
  const outcome = await runCatalog(LIST, { baseUrl, retries: true });
  expect(outcome).toMatchObject({ exitCode: 0 });
  expect(outcome.stderr).toMatch(
    new RegExp(`^The service ${reason}: waiting [12] s \\(Ctrl-C ends it\\)\\.\\n$`),
  );
  expect(counted.requests).toBe(2);
});

test('--timeout does not limit the wait', async () => {
  const { baseUrl } = await startBusyService(429, '1');
  const outcome = await runCatalog([...LIST, '--timeout', '0.5'], { baseUrl, retries: true });
  expect(outcome).toMatchObject({ exitCode: 0 });
});

test('--no-wait fails at once with an exit code of its own', async () => {
  const { baseUrl, counted } = await startBusyService(429, '60');
  const outcome = await runCatalog([...LIST, '--no-wait'], { baseUrl, retries: true });
  expect(outcome).toMatchObject({ exitCode: 11, stdout: '' });
  expect(outcome.stderr).toContain('The service says to wait 60 s.');
  expect(counted.requests).toBe(1);
});

test('a request without a response in time is not repeated', async () => {
  let requests = 0;
  const baseUrl = await startServer(() => {
    requests += 1;
  });
  const outcome = await runCatalog([...LIST, '--timeout', '0.2'], { baseUrl, retries: true });
  expect(outcome).toMatchObject({ exitCode: 6 });
  expect(requests).toBe(1);
  const write = ['products', 'update', 'x', '--price', '1', '--timeout', '0.2'];
  const { stderr } = await runCatalog(write, { baseUrl, retries: true });
  expect(stderr).toMatch(/No complete response.+--idempotency-key [\w-]{36}\n$/s);
  expect(requests).toBe(2);
});

test('--verbose shows requests and responses on standard error, without keys', async () => {
  let requests = 0;
  const baseUrl = await startServer((request, response) => {
    requests += 1;
    if (requests === 1) {
      request.socket.destroy();
    } else {
      response.setHeader('x-request-id', 'request-2');
      response.writeHead(200, { 'content-type': 'application/json' }).end(page);
    }
  });
  const key = 'pk_k7Qm2xVd9TzR_secret-part';
  const outcome = await runCatalog([...LIST, '--verbose', '--query', key], {
    baseUrl,
    retries: true,
    config: { apiKey: key },
  });
  expect(outcome).toMatchObject({ exitCode: 0, stdout: '' });
  expect(outcome.stderr).not.toContain('secret');
  const url = `${baseUrl}/products\\?q=pk_k7Qm2xVd9TzR_…&limit=21`;
  expect(outcome.stderr).toMatch(
    new RegExp(
      [
        '^ {2}API key: CATALOG_API_KEY',
        `> GET ${url} \\(attempt 1\\)`,
        ' {2}.+; retry in \\d+ ms',
        `> GET ${url} \\(attempt 2\\)`,
        '< 200 in \\d+ ms, request id request-2\\n$',
      ].join('\\n'),
    ),
  );
});
