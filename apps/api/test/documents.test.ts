import { findChromium, type RunningApi, startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

/** What a page did that it should not have done. */
interface Faults {
  /** Errors and warnings on the console, and exceptions. */
  readonly console: string[];
  /** Requests to other hosts than the service. */
  readonly elsewhere: string[];
}

describeWith('browser')('the documents in a browser', () => {
  let api: RunningApi;
  let browser: Browser;
  let page: Page;
  let faults: Faults;

  beforeAll(async () => {
    api = await startApi({ env: { REDIS_URL: '' } });
    browser = await chromium.launch({
      executablePath: await findChromium(),
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    });
  });

  afterAll(async () => {
    await browser.close();
    await api.stop();
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    faults = watch(page, api.baseUrl);
  });

  afterEach(async () => {
    expect(faults).toEqual({ console: [], elsewhere: [] });
    await page.close();
  });

  test('in Swagger UI, "Try it out" creates a product', async () => {
    await page.goto(api.baseUrl);
    const operation = page.locator('.opblock-post');
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    const answer = operation.locator('.live-responses-table .response').first();
    await answer.waitFor();
    expect(await answer.locator('.response-col_status').textContent()).toMatch(/^201/);
    expect(await answer.textContent()).toContain('"name": "Wireless Mouse"');
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

function watch(page: Page, baseUrl: string): Faults {
  const faults: Faults = { console: [], elsewhere: [] };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.console.push(message.text());
  });
  page.on('pageerror', (error) => faults.console.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (/^(https?|wss?):/.test(url) && !url.startsWith(`${baseUrl}/`)) faults.elsewhere.push(url);
  });
  return faults;
}
