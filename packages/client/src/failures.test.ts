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
import { ProblemError } from './errors/problem-error.js';
import { ProductApiError } from './errors/product-api-error.js';
import { NotFoundError } from './errors/request-errors.js';
import { ServerError } from './errors/server-errors.js';
import { VERSION } from './generated/contract.js';

const retry = { limit: 0 };

async function failureOf(call: PromiseLike<unknown>): Promise<unknown> {
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
    ['unauthorized', 'UnauthorizedError'],
    ['insufficient-scope', 'ForbiddenError'],
    ['product-not-found', 'NotFoundError'],
    ['api-key-not-found', 'NotFoundError'],
    ['version-not-found', 'NotFoundError'],
    ['changes-expired', 'RequestRejectedError'],
    ['api-key-limit-reached', 'RequestRejectedError'],
    ['route-not-found', 'RequestRejectedError'],
    ['request-timeout', 'RequestRejectedError'],
    ['precondition-failed', 'PreconditionFailedError'],
    // Without the fields of its kind.
    ['insufficient-stock', 'RequestRejectedError'],
    ['stock-changed', 'RequestRejectedError'],
    ['stock-overflow', 'RequestRejectedError'],
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

  test('403 names the scope that the key needs', async () => {
    const body = { ...problem('insufficient-scope'), required_scope: 'products:write' };
    const server = await startScriptedServer(json(403, body));
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.create(mouse));
    expect(error).toMatchObject({ name: 'ForbiddenError', requiredScope: 'products:write' });
  });

  test('429 names the exceeded policies, and how long to wait', async () => {
    const body = { ...problem('quota-exceeded'), 'violated-policies': ['write'] };
    const server = await startScriptedServer(json(429, body, { 'retry-after': '7' }));
    const { products } = createClient({ baseUrl: server.baseUrl, retry });
    expect(await failureOf(products.create(mouse))).toMatchObject({
      name: 'RateLimitError',
      retryAfterSeconds: 7,
      violatedPolicies: ['write'],
    });
  });

  test('a declared problem is the same class on every route', async () => {
    const server = await startScriptedServer(json(404, problem('product-not-found')));
    const { products } = createClient({ baseUrl: server.baseUrl });
    for (const call of [products.listPage(), products.create(mouse)]) {
      expect(await failureOf(call)).toBeInstanceOf(NotFoundError);
    }
  });

  test('status and request id come from the response, not from its body', async () => {
    const headers = { 'x-request-id': 'request-2' };
    const body = problem('internal-error');
    const server = await startScriptedServer(json(507, body, headers));
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.get(mouse.id));
    expect(error).toMatchObject({ status: 507, requestId: 'request-2', problem: body });
  });

  test('a problem document of another service is completed', async () => {
    const body = { title: 'Quota exceeded', type: 'https://gateway.example/quota', limit: 5 };
    const server = await startScriptedServer(json(403, body));
    const { products } = createClient({ baseUrl: server.baseUrl });
    expect(await failureOf(products.get(mouse.id))).toMatchObject({
      name: 'ForbiddenError',
      requiredScope: undefined,
      problem: { ...body, status: 403, detail: 'Quota exceeded' },
      requestId: undefined,
    });
  });
});

describe('error pages of a proxy', () => {
  test.each([
    [400, 'RequestRejectedError'],
    [401, 'UnauthorizedError'],
    [403, 'ForbiddenError'],
    [409, 'RequestRejectedError'],
    [412, 'PreconditionFailedError'],
    [413, 'RequestRejectedError'],
    [422, 'RequestRejectedError'],
    [429, 'RateLimitError'],
    [500, 'ServerError'],
    [502, 'BadGatewayError'],
    [503, 'ServerError'],
    [504, 'GatewayTimeoutError'],
  ])('%d is a %s', async (status, name) => {
    const page = text(status, '<h1>No</h1>', { 'content-type': 'text/html', 'retry-after': '7' });
    const server = await startScriptedServer(page);
    const { products } = createClient({ baseUrl: server.baseUrl, retry });
    const error = await failureOf(products.get(mouse.id));
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ name, status, problem: { type: 'about:blank', status } });
    expect(error).toHaveProperty('message', expect.stringContaining('text/html, "<h1>No</h1>"'));
  });

  test('the gateway’s errors are also ServerErrors', async () => {
    const server = await startScriptedServer(text(502, ''));
    const { products } = createClient({ baseUrl: server.baseUrl, retry });
    expect(await failureOf(products.get(mouse.id))).toBeInstanceOf(ServerError);
  });

  test.each([429, 503])('a %d has the seconds of Retry-After, and all headers', async (status) => {
    const headers = { 'retry-after': '7', 'x-zone': 'a' };
    const server = await startScriptedServer(text(status, '', headers));
    const { products } = createClient({ baseUrl: server.baseUrl, retry });
    const error = await failureOf(products.delete(mouse.id));
    expect(error).toMatchObject({ retryAfterSeconds: 7 });
    expect(error instanceof ProblemError && error.headers.get('x-zone')).toBe('a');
  });
});

describe('a response that is not in the contract', () => {
  test.each([
    ['a body that is not JSON', text(200, '<html>Welcome</html>')],
    ['an empty body', text(200, '')],
    ['a body that does not match the schema', json(200, { ...mouse, price: '29.99' })],
    ['a problem document without required fields', json(404, { detail: 'Not Found' })],
    ['a 404 of another service', text(404, '<html>Not Found</html>')],
    ['an undeclared success status', json(202, mouse)],
    ['a 304 to an unconditional request', text(304, '')],
  ])('is an UnexpectedResponseError: %s', async (_, script) => {
    const server = await startScriptedServer(script);
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.get(mouse.id));
    expect(error).toMatchObject({ name: 'UnexpectedResponseError', status: expect.any(Number) });
  });

  test('the error says what was asked, what came and what to check', async () => {
    const page = '\n<!doctype html>\n<title>Not Found</title>';
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    const server = await startScriptedServer(text(404, page, headers));
    const { products } = createClient({ baseUrl: `${server.baseUrl}/wrong` });
    const error = await failureOf(products.get(mouse.id));
    expect(error).toHaveProperty(
      'message',
      'Nothing was found at this address; got status 404, text/html, "<!doctype html>". Check ' +
        `that the base URL leads to the product service, and that its version fits this SDK's ` +
        `(${VERSION}) (GET ${server.baseUrl}/wrong/products/${mouse.id})`,
    );
  });

  test('the error has the start of the body and the request id', async () => {
    const page = `<html>${'x'.repeat(5000)}`;
    const server = await startScriptedServer(text(404, page, { 'x-request-id': 'request-2' }));
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.get(mouse.id));
    expect(error).toMatchObject({ body: page.slice(0, 1000), requestId: 'request-2', status: 404 });
  });

  test('the error names the field that does not match', async () => {
    const page = { items: [mouse, { ...mouse, stock_quantity: 1.5 }], next_cursor: null };
    const server = await startScriptedServer(json(200, page));
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.listPage());
    const fault = 'items.1.stock_quantity: expected an integer, got number';
    expect(error).toHaveProperty('message', expect.stringContaining(fault));
  });
});

describe('redirects', () => {
  test('a read follows them', async () => {
    const moved = text(308, '', { location: `/shop/products/${mouse.id}` });
    const server = await startScriptedServer(moved, json(200, mouse));
    const { products } = createClient({ baseUrl: server.baseUrl });
    expect(await products.get(mouse.id)).toEqual(mouse);
    expect(server.requests).toEqual([
      `GET /products/${mouse.id}`,
      `GET /shop/products/${mouse.id}`,
    ]);
  });

  test('an unexpected response says that it came from another address', async () => {
    const moved = text(302, '', { location: '/login?token=secret' });
    const server = await startScriptedServer(moved, text(200, '<h1>Log in</h1>'));
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.get(mouse.id));
    const source = `redirected to ${server.baseUrl}/login. Check`;
    expect(error).toHaveProperty('message', expect.stringContaining(source));
  });

  test.each([301, 302, 303, 307, 308])(
    'a change fails with the new address: %d',
    async (status) => {
      const location = 'https://user:secret@new.example/shop/products';
      const server = await startScriptedServer(text(status, '', { location }));
      const { products } = createClient({ baseUrl: server.baseUrl });
      const error = await failureOf(products.create(mouse));
      expect(error).toMatchObject({ name: 'RedirectError', status, location });
      const { message } = error as Error;
      expect(message).toContain('https://new.example/shop/products');
      expect(message).not.toContain('secret');
      expect(server.requests).toEqual(['POST /products']);
    },
  );
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

  test('an attempt that takes too long is a TimeoutError', async () => {
    const server = await startScriptedServer(noResponse);
    const client = createClient({ baseUrl: server.baseUrl, retry, attemptTimeoutMs: 1000 });
    const error = await failureOf(client.products.create(mouse));
    expect(error).toMatchObject({ name: 'TimeoutError', timeoutMs: 1000 });
    expect(error).toHaveProperty('message', expect.stringContaining('the limit of one attempt'));
    expect(server.requests).toHaveLength(1);
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

describe('JSON.stringify', () => {
  test('keeps message, cause and request id of an error', async () => {
    const headers = { 'x-request-id': 'request-2' };
    const server = await startScriptedServer(text(200, 'Welcome', headers));
    const { products } = createClient({ baseUrl: server.baseUrl });
    const error = await failureOf(products.get(mouse.id));
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: 'UnexpectedResponseError',
      message: expect.stringContaining('The response is not JSON'),
      method: 'GET',
      url: `${server.baseUrl}/products/${mouse.id}`,
      status: 200,
      requestId: 'request-2',
      body: 'Welcome',
      cause: { name: 'SyntaxError', message: expect.stringContaining('Welcome') },
    });
  });

  test('keeps the code of a connection error, several causes deep', async () => {
    const baseUrl = `http://127.0.0.1:${await freePort()}`;
    const error = await failureOf(createClient({ baseUrl, retry }).products.get(mouse.id));
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: 'ConnectionError',
      cause: { message: 'fetch failed', cause: { code: 'ECONNREFUSED' } },
    });
  });

  test('a cause that contains itself is cut', async () => {
    const cause = new Error('circular');
    cause.cause = cause;
    const fetch = () => Promise.reject(cause);
    const { products } = createClient({ baseUrl: 'http://catalog.example', fetch, retry });
    const error = await failureOf(products.get(mouse.id));
    expect(JSON.stringify(error)).toContain('circular');
  });
});
