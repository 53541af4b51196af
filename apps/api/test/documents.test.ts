import { type RunningApi, startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser, type PageFaults, watchPage } from './browser-page.js';
import { send } from './raw-request.js';

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
    faults = watchPage(page, api.baseUrl);
  });

  afterEach(async () => {
    expect(faults).toEqual({ console: [], elsewhere: [] });
    await page.close();
  });

  test('"Try it out" in Swagger UI creates a product', async () => {
    await page.goto(api.baseUrl);
    const operation = page.locator('.opblock-post');
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    const response = operation.locator('.live-responses-table .response').first();
    await response.waitFor();
    expect(await response.locator('.response-col_status').textContent()).toMatch(/^201/);
    expect(await response.textContent()).toContain('"name": "Wireless Mouse"');
  });

  test('Redoc shows every operation', async () => {
    await page.goto(`${api.baseUrl}/redoc`);
    for (const summary of [
      'Create a product',
      'Get a product',
      'Update a product',
      'Delete a product',
      'List products',
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
