import { eventually, startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { launchBrowser } from '@product-api/testing/launch-browser';
import { expect, onTestFinished, test } from 'vitest';
import { watchPage } from '../browser-page.js';
import { ADMIN_KEY } from './keys.js';

describeWith('browser')('the API documentation of a service that needs keys', () => {
  test('"Authorize" in Swagger UI sends the key with the operations', {
    timeout: 120_000,
  }, async () => {
    const api = await startApi({ env: { AUTH: 'all', ADMIN_API_KEY: ADMIN_KEY } });
    onTestFinished(() => api.stop());
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.setDefaultTimeout(60_000);
    const faults = watchPage(page, api.baseUrl);
    await page.goto(api.baseUrl);

    const operation = page.locator('.opblock').filter({ hasText: 'List the API keys' });
    const execute = operation.getByRole('button', { name: 'Execute' });
    const status = operation
      .locator('.live-responses-table .response .response-col_status')
      .first();
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await execute.click();
    await eventually(async () => expect(await status.textContent()).toContain('401'));

    await page.locator('.scheme-container .authorize').click();
    const dialog = page.locator('.modal-ux');
    await dialog.locator('input').fill(ADMIN_KEY);
    await dialog.getByRole('button', { name: 'Apply credentials' }).click();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await execute.click();
    await eventually(async () => expect(await status.textContent()).toContain('200'));
    // The browser reports the refused request.
    expect(faults.console.filter((line) => !line.includes('401'))).toEqual([]);
    expect(faults.elsewhere).toEqual([]);
  });
});
