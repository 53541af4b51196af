import { freePort } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
import { mouse, problem } from '../test/examples.js';
import { brokenBody, json, silence, startScriptedServer, text } from '../test/scripted-server.js';
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
  test('404 is a NotFoundError with the problem, the request and its id', async () => {
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

  test('503 tells after how many seconds to try again', async () => {
    const headers = { 'retry-after': '7' };
    const server = await startScriptedServer(json(503, problem('service-unavailable'), headers));
    const { products } = createClient({ baseUrl: server.baseUrl });
    expect(await failureOf(products.delete(mouse.id))).toMatchObject({ retryAfterSeconds: 7 });
  });
});

describe('answers that are not in the contract', () => {
  test.each([
    ['a body that is no JSON', text(200, '<html>Welcome</html>')],
    ['an empty body', text(200, '')],
    ['a body of another shape', json(200, { ...mouse, price: '29.99' })],
    ['a problem without its members', json(404, { detail: 'Not Found' })],
    ['a success of another status', json(202, mouse)],
    ['a proxy’s own error page', text(502, '<html>Bad Gateway</html>')],
    ['a status nobody asked for', text(304, '')],
  ])('%s', async (_, script) => {
    const server = await startScriptedServer(script);
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.get(mouse.id));
    expect(error).toMatchObject({ name: 'UnexpectedResponseError', status: expect.any(Number) });
  });

  test('the error shows the start of the body and the request’s id', async () => {
    const page = `<html>${'x'.repeat(5000)}`;
    const server = await startScriptedServer(text(502, page, { 'x-request-id': 'request-2' }));
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.get(mouse.id));
    expect(error).toMatchObject({ body: page.slice(0, 1000), requestId: 'request-2', status: 502 });
  });
});

describe('no answer', () => {
  test('a service that nobody runs is a ConnectionError with its cause', async () => {
    const baseUrl = `http://127.0.0.1:${await freePort()}`;
    const error = await failureOf(createClient({ baseUrl, retry }).products.get(mouse.id));
    expect(error).toMatchObject({ name: 'ConnectionError', cause: expect.any(Error) });
  });

  test('an answer that breaks off is a ConnectionError', async () => {
    const server = await startScriptedServer(brokenBody);
    const client = createClient({ baseUrl: server.baseUrl, retry });
    const error = await failureOf(client.products.get(mouse.id));
    expect(error).toMatchObject({ name: 'ConnectionError' });
  });

  test('a service that never answers is a TimeoutError', async () => {
    const server = await startScriptedServer(silence);
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

  test('the caller’s abort is thrown as it is', async () => {
    const server = await startScriptedServer(silence);
    const { products } = createClient({ baseUrl: server.baseUrl, timeoutMs: Infinity });
    const reason = new Error('The visitor has left');
    const controller = new AbortController();
    const call = failureOf(products.get(mouse.id, { signal: controller.signal }));
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(reason);
    expect(await call).toBe(reason);
  });

  test('a signal that is aborted already sends nothing', async () => {
    const server = await startScriptedServer(silence);
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.get(mouse.id, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(server.requests).toEqual([]);
  });
});

test('a header that cannot be sent is the caller’s mistake, not the connection’s', async () => {
  const server = await startScriptedServer(json(200, mouse));
  const { products } = createClient({ baseUrl: server.baseUrl });
  const error = await failureOf(products.update(mouse.id, {}, { ifMatch: '"a"\r\nx: y' }));
  expect(error).toBeInstanceOf(TypeError);
});
