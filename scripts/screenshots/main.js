// npm run screenshots: takes the pictures of the README, in docs/images, from a real service.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium, startApi } from '@product-api/testing';
import { chromium } from 'playwright-core';
import { repository } from '../repository.js';
import { mostExpensiveProduct } from './most-expensive-product.js';
import { showSwaggerUi } from './swagger-ui.js';
import { showTerminal } from './terminal.js';

const images = join(repository, 'docs', 'images');

await mkdir(images, { recursive: true });
const api = await startApi();
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1100, height: 1050 } });
  const { id } = await mostExpensiveProduct(api.baseUrl);
  await showSwaggerUi(page, api.baseUrl, id);
  await page.screenshot({ path: join(images, 'swagger-ui.png') });
  const terminal = await showTerminal(page, api.baseUrl, id);
  await terminal.screenshot({ path: join(images, 'command-line.png') });
} finally {
  await browser.close();
  await api.stop();
}
