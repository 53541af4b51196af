import { createClient } from '@product-api/client';
import { type Nginx, type RunningApi, startApi, startNginx } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { launchBrowser } from '@product-api/testing/launch-browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type PageFaults, watchPage } from './browser-page.js';
import { send, sendJson } from './raw-request.js';
import { mouse } from './sample-product.js';

let api: RunningApi;
let nginx: Nginx;
let baseUrl: string;

/** A configuration from the nginx manual; the service needs no setting for it. */
const directives = () => `
  gzip on;
  gzip_proxied any;
  gzip_types application/json;
  gzip_min_length 1;
  location /catalog/ {
    proxy_pass ${api.baseUrl}/;
  }`;

async function startBehindNginx() {
  api = await startApi();
  nginx = await startNginx({ directives: directives() });
  baseUrl = `${nginx.baseUrl}/catalog`;
}

async function stopAll() {
  await nginx.stop();
  await api.stop();
}

describeWith('nginx')('behind nginx with a path prefix and gzip', () => {
  beforeAll(startBehindNginx);
  afterAll(stopAll);

  test.each(['/catalog/products', '/catalog/products/'])(
    'Location in the response to POST %s is the URL of the product',
    async (path) => {
      const created = await sendJson(nginx.baseUrl, 'POST', path, JSON.stringify(mouse));
      expect(created.status).toBe(201);
      const location = new URL(String(created.headers.location), `${nginx.baseUrl}${path}`);
      const read = await send(nginx.baseUrl, { path: location.pathname });
      expect(read).toMatchObject({ status: 200, text: created.text });
      expect(location.pathname).toBe(`/catalog/products/${JSON.parse(read.text).id}`);
    },
  );

  test('Link on a page is the URL of the next page', async () => {
    const path = '/catalog/products?limit=1';
    const { headers, text } = await send(nginx.baseUrl, { path });
    const [, reference = ''] = /<([^>]+)>/.exec(String(headers['link'])) ?? [];
    const next = new URL(reference, `${nginx.baseUrl}${path}`);
    expect(next.pathname).toBe('/catalog/products');
    expect(next.searchParams.get('cursor')).toBe(JSON.parse(text).next_cursor);
    expect((await send(nginx.baseUrl, { path: next.pathname + next.search })).status).toBe(200);
  });

  test.each([
    ['/catalog/', '/catalog/docs/'],
    ['/catalog/docs', '/catalog/docs/'],
    ['/catalog/redoc/', '/catalog/redoc'],
  ])('%s redirects to %s', async (path, target) => {
    const { status, headers } = await send(nginx.baseUrl, { path });
    expect(status).toBe(302);
    expect(new URL(String(headers.location), nginx.baseUrl + path).pathname).toBe(target);
  });

  test('the OpenAPI document contains the server’s URL behind nginx', async () => {
    const documentUrl = `${baseUrl}/openapi.json`;
    const { text } = await send(nginx.baseUrl, { path: '/catalog/openapi.json' });
    const { servers } = JSON.parse(text);
    expect(servers).toHaveLength(1);
    expect(new URL(servers[0].url, documentUrl).href).toBe(`${baseUrl}/`);
  });

  test('a change with the entity tag from a compressed response is made', async () => {
    const { products } = createClient({ baseUrl });
    const { id } = await products.create(mouse);
    const path = `/catalog/products/${id}`;
    const headers = { 'Accept-Encoding': 'gzip' };
    const read = await send(nginx.baseUrl, { path, headers });
    const etag = String(read.headers.etag);
    expect(read.headers['content-encoding']).toBe('gzip');
    expect(etag).toMatch(/^W\//);

    const unchanged = { ...headers, 'If-None-Match': etag };
    expect((await send(nginx.baseUrl, { path, headers: unchanged })).status).toBe(304);
    const updated = await products.update(id, { price: 1 }, { ifMatch: etag });
    expect(updated.price).toBe(1);
    await expect(products.update(id, { price: 2 }, { ifMatch: etag })).rejects.toThrow(
      'The product has changed since it was read',
    );
    expect((await products.get(id)).price).toBe(1);
  });
});

describeWith('nginx', 'browser')('in a browser, behind nginx with a path prefix', () => {
  let browser: Browser;
  let page: Page;
  let faults: PageFaults;

  beforeAll(async () => {
    await startBehindNginx();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await stopAll();
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    faults = watchPage(page, baseUrl);
  });

  afterEach(async () => {
    expect(faults).toEqual({ console: [], elsewhere: [] });
    await page.close();
  });

  test('Swagger UI lists products by "Try it out"', async () => {
    await page.goto(`${baseUrl}/`);
    expect(page.url()).toBe(`${baseUrl}/docs/`);
    const operation = page.locator('.opblock', { hasText: 'List products' });
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    const response = page.waitForResponse((each) => each.url().includes('/products'));
    await operation.getByRole('button', { name: 'Execute' }).click();
    const { pathname } = new URL((await response).url());
    expect([pathname, (await response).status()]).toEqual(['/catalog/products', 200]);
    const shown = operation.locator('.live-responses-table .response').first();
    await shown.waitFor();
    expect(await shown.locator('.response-col_status').textContent()).toMatch(/^200/);
  });

  test('Redoc shows the operations', async () => {
    await page.goto(`${baseUrl}/redoc/`);
    await page.getByRole('heading', { name: 'List products' }).waitFor();
    expect(page.url()).toBe(`${baseUrl}/redoc`);
  });
});
