import { type RunningApi, startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { launchBrowser } from '@product-api/testing/launch-browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type PageFaults, watchPage } from './browser-page.js';
import { send } from './raw-request.js';
import { mouse } from './sample-product.js';

let api: RunningApi;

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.stop());

describeWith('browser')('the API documentation in a browser', () => {
  let browser: Browser;
  let page: Page;
  let faults: PageFaults;

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.setDefaultTimeout(60_000);
    faults = watchPage(page, api.baseUrl);
  });

  afterEach(async () => {
    expect(faults).toEqual({ console: [], elsewhere: [] });
    await page.close();
  });

  /** Executes an operation in Swagger UI with nothing changed but the id, if there is one. */
  async function tryOut(summary: string, id?: string) {
    const operation = page.locator('.opblock').filter({ hasText: summary });
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    if (id !== undefined) {
      await operation.locator('[data-param-name="id"] input').fill(id);
    }
    await operation.getByRole('button', { name: 'Execute' }).click();
    const response = operation.locator('.live-responses-table .response').first();
    await response.waitFor();
    const status = await response.locator('.response-col_status').textContent();
    const [body] = await response.locator('.highlight-code .language-json').allTextContents();
    return { status: status?.trim(), body: body && JSON.parse(body) };
  }

  test('"Try it out" in Swagger UI creates, reads, lists, changes and deletes a product', {
    timeout: 180_000,
  }, async () => {
    await page.goto(api.baseUrl);
    const created = await tryOut('Create a product');
    expect(created).toMatchObject({ status: '201', body: mouse });
    const { id } = created.body;
    expect(await tryOut('Get a product', id)).toEqual({ status: '200', body: created.body });
    const listed = await tryOut('List products');
    expect(listed.status).toBe('200');
    expect(listed.body.items).toContainEqual(created.body);
    const changed = await tryOut('Update a product', id);
    const changes = { price: 24.99, stock_quantity: 85 };
    expect(changed).toEqual({ status: '200', body: { ...created.body, ...changes } });
    expect(await tryOut('Delete a product', id)).toEqual({ status: '204', body: undefined });
    expect((await send(api.baseUrl, { path: `/products/${id}` })).status).toBe(404);
  });

  test('Swagger UI shows each problem of an operation, with its own type and status', async () => {
    await page.goto(api.baseUrl);
    const operation = page.locator('.opblock').filter({ hasText: 'Update a product' });
    await operation.locator('.opblock-summary-control').click();
    for (const [status, kind, title] of [
      ['404', 'product-not-found', 'Product not found'],
      ['412', 'precondition-failed', 'Precondition failed'],
      ['503', 'service-unavailable', 'Service unavailable'],
    ]) {
      const response = operation.locator(`.response[data-code="${status}"]`);
      const example = await response.locator('.language-json').textContent();
      expect(JSON.parse(example ?? '')).toMatchObject({
        type: `urn:product-api:problem:${kind}`,
        title,
        status: Number(status),
      });
    }
  });

  test('Redoc shows every operation', async () => {
    await page.goto(`${api.baseUrl}/redoc`);
    for (const summary of [
      'Create a product',
      'Get a product',
      'Update a product',
      'Delete a product',
      'List products',
      'Patch a product',
      'Get several products',
      'Readiness',
    ]) {
      await page.getByRole('heading', { name: summary }).waitFor();
    }
  });
});

describe('the files of the API documentation', () => {
  test.each([
    '/docs/nothing',
    '/docs/package.json',
    '/docs/index.html',
    '/docs/absolute-path.js',
    '/docs/swagger-ui-bundle.js.map',
    '/docs/swagger-ui-es-bundle.js',
    '/docs/LICENSE',
    '/docs/x/swagger-ui-init.js',
    '/docs/%2e%2e/',
    '/docs/%2e%2e%2fpackage.json',
    '/docs/..%5cpackage.json',
    '/docs//',
    '/docs/swagger-ui.css%00',
    '/redoc/nothing',
    '/openapi.json/x',
  ])('%s is a 404', async (path) => {
    const { status, headers, text } = await send(api.baseUrl, { path });
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(text)).toMatchObject({ type: 'urn:product-api:problem:route-not-found' });
  });

  test.each(['/docs/%', '/docs/%zz', '/redoc/%ff'])('%s is a 400', async (path) => {
    const { status, headers } = await send(api.baseUrl, { path });
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/problem+json');
  });

  test.each([
    '/',
    '/docs/',
    '/docs/swagger-ui.css',
    '/docs/swagger-ui-bundle.js',
    '/docs/swagger-ui-init.js',
    '/redoc',
    '/redoc/redoc.standalone.js',
    '/openapi.json',
  ])('%s allows only GET, HEAD and OPTIONS', async (path) => {
    const head = await send(api.baseUrl, { method: 'HEAD', path });
    const get = await send(api.baseUrl, { path });
    const post = await send(api.baseUrl, { method: 'POST', path });
    expect([head.status, head.headers['content-length']]).toEqual([
      get.status,
      get.headers['content-length'],
    ]);
    expect(get.status).toBeLessThan(400);
    expect(post.status).toBe(405);
    expect(post.headers).toMatchObject({
      allow: 'GET, HEAD, OPTIONS',
      'content-type': 'application/problem+json',
    });
  });

  test('a file has an entity tag, and ranges are not supported', async () => {
    for (const path of ['/docs/', '/docs/swagger-ui.css', '/redoc', '/openapi.json']) {
      const range = await send(api.baseUrl, { path, headers: { Range: 'bytes=99999999-' } });
      expect(range.status, path).toBe(200);
      const headers = { 'If-None-Match': String(range.headers.etag) };
      expect(await send(api.baseUrl, { path, headers }), path).toMatchObject({
        status: 304,
        text: '',
      });
    }
  });
});
