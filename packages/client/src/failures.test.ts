import { freePort } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
import { mouse, problem } from '../test/sample-data.js';
import {
  brokenBody,
  json,
  noResponse,
  startScriptedServer,
  text,
} from '../test/scripted-server.js';
import { createClient } from './create-client.js';
import { NotFoundError } from './errors/not-found-error.js';
import { ProductApiError } from './errors/product-api-error.js';

const retry = { limit: 0 };

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail('The call succeeded'),
    (error: unknown) => error,
  );
}

describe('problem documents', () => {
  test('404 is a NotFoundError with the problem, the request and the request id', async () => {
    const server = await startScriptedServer(json(404, problem('product-not-found')));
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.get(mouse.id));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toBeInstanceOf(ProductApiError);
    expect(error).toMatchObject({
      name: 'NotFoundError',
      message: `Product not found (GET ${server.baseUrl}/products/${mouse.id})`,
      method: 'GET',
      url: `${server.baseUrl}/products/${mouse.id}`,
      status: 404,
      problem: problem('product-not-found'),
      requestId: 'request-1',
    });
  });

  test('400 is a ValidationError with every fault', async () => {
    const errors = [{ field: 'price', message: 'Value error, Price must be greater than zero' }];
    const body = { ...problem('validation-error'), errors };
    const server = await startScriptedServer(json(400, body));
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.create({ ...mouse, price: -5 }));
    expect(error).toMatchObject({ name: 'ValidationError', errors, problem: { errors } });
  });

  test.each([
    ['product-not-found', 'NotFoundError'],
    ['route-not-found', 'RequestRejectedError'],
    ['request-timeout', 'RequestRejectedError'],
    ['precondition-failed', 'PreconditionFailedError'],
    ['content-too-large', 'RequestRejectedError'],
    ['internal-error', 'ServerError'],
    ['service-unavailable', 'ServerError'],
  ] as const)('%s is a %s', async (kind, name) => {
    const body = problem(kind);
    const server = await startScriptedServer(json(body.status, body));
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.update(mouse.id, {}));
    expect(error).toMatchObject({ name, status: body.status, problem: body });
  });

  test('a ServerError has the seconds of Retry-After', async () => {
    const headers = { 'retry-after': '7' };
    const server = await startScriptedServer(json(503, problem('service-unavailable'), headers));
    const { products } = createClient({ baseUrl: server.baseUrl });
    expect(await failureOf(products.delete(mouse.id))).toMatchObject({ retryAfterSeconds: 7 });
  });
});

describe('a response that is not in the contract', () => {
  test.each([
    ['a body that is not JSON', text(200, '<html>Welcome</html>')],
    ['an empty body', text(200, '')],
    ['a body that does not match the schema', json(200, { ...mouse, price: '29.99' })],
    ['a problem document without required fields', json(404, { detail: 'Not Found' })],
    ['an undeclared success status', json(202, mouse)],
    ['a proxy’s own error page', text(502, '<html>Bad Gateway</html>')],
    ['a 304 to an unconditional request', text(304, '')],
  ])('is an UnexpectedResponseError: %s', async (_, script) => {
    const server = await startScriptedServer(script);
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.get(mouse.id));
    expect(error).toMatchObject({ name: 'UnexpectedResponseError', status: expect.any(Number) });
  });

  test('the error has the start of the body and the request id', async () => {
    const page = `<html>${'x'.repeat(5000)}`;
    const server = await startScriptedServer(text(502, page, { 'x-request-id': 'request-2' }));
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.get(mouse.id));
    expect(error).toMatchObject({ body: page.slice(0, 1000), requestId: 'request-2', status: 502 });
  });
});

describe('no complete response', () => {
  test('an unreachable service is a ConnectionError with a cause', async () => {
    const baseUrl = `http://127.0.0.1:${await freePort()}`;
    const error = await failureOf(createClient({ baseUrl, retry }).products.get(mouse.id));
    expect(error).toMatchObject({ name: 'ConnectionError', cause: expect.any(Error) });
  });

  test('a response that breaks off is a ConnectionError', async () => {
    const server = await startScriptedServer(brokenBody);
    const client = createClient({ baseUrl: server.baseUrl, retry });
    const error = await failureOf(client.products.get(mouse.id));
    expect(error).toMatchObject({ name: 'ConnectionError' });
  });

  test('a service that never responds is a TimeoutError', async () => {
    const server = await startScriptedServer(noResponse);
    const client = createClient({ baseUrl: server.baseUrl, timeoutMs: 30 });
    const error = await failureOf(client.products.get(mouse.id));
    expect(error).toMatchObject({ name: 'TimeoutError', timeoutMs: 30, method: 'GET' });
  });

  test('a body that never ends is a TimeoutError', async () => {
    const server = await startScriptedServer((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    });
    const client = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(client.products.get(mouse.id, { timeoutMs: 50 }));
    expect(error).toMatchObject({ name: 'TimeoutError', timeoutMs: 50 });
  });

  test('an abort by the caller throws the reason unchanged', async () => {
    const server = await startScriptedServer(noResponse);
    const { products } = createClient({ baseUrl: server.baseUrl, timeoutMs: Infinity });
    const reason = new Error('The visitor has left');
    const controller = new AbortController();
    const call = failureOf(products.get(mouse.id, { signal: controller.signal }));
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(reason);
    expect(await call).toBe(reason);
  });

  test('nothing is sent when the signal is already aborted', async () => {
    const server = await startScriptedServer(noResponse);
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.get(mouse.id, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(server.requests).toEqual([]);
  });
});

test('an invalid header is a TypeError, not a ConnectionError', async () => {
  const server = await startScriptedServer(json(200, mouse));
  const { products } = createClient({ baseUrl: server.baseUrl });
  const error = await failureOf(products.update(mouse.id, {}, { ifMatch: '"a"\r\nx: y' }));
  expect(error).toBeInstanceOf(TypeError);
});
