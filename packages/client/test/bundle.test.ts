import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { launchBrowser } from '@product-api/testing/launch-browser';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { everyOperationDone, serviceSettings } from './consumer-project.js';
import { startScriptedServer, text } from './scripted-server.js';

const MAX_GZIPPED_BYTES = 12_000;

/** Bundles a program as a web page would load it. */
async function bundle(options: { entryPoints: string[] } | { stdin: { contents: string } }) {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const given = 'stdin' in options ? { stdin: { ...options.stdin, resolveDir: folder } } : options;
  const { outputFiles } = await build({
    ...given,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    absWorkingDir: folder,
  });
  return outputFiles[0]?.text ?? '';
}

test('a bundle is as small as both READMEs state', async () => {
  const contents = `export { createClient } from '@product-api/client';`;
  const bytes = gzipSync(await bundle({ stdin: { contents } }), { level: 9 }).byteLength;
  expect(bytes).toBeLessThanOrEqual(MAX_GZIPPED_BYTES);
  for (const path of ['../README.md', '../../../README.md']) {
    const readme = await readFile(new URL(path, import.meta.url), 'utf8');
    const stated = Number(/([\d.]+) kB, minified and gzipped/.exec(readme)?.[1]) * 1000;
    expect(Math.abs(bytes - stated), `${path} states ${stated}, got ${bytes}`).toBeLessThan(150);
  }
});

describeWith('browser')('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  /** Returns what the program in test/consumer reports on a page of this origin. */
  async function runOnPage(program: string, origin: string, fragment = ''): Promise<unknown> {
    const page = await browser.newPage();
    const script = await bundle({ entryPoints: [`consumer/${program}`] });
    const body = `<!doctype html><script type="module">${script}</script>`;
    const address = `${origin}/page.html`;
    await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(`${address}#${fragment}`);
    return page.evaluate(() => Reflect.get(globalThis, 'done'));
  }

  test('a bundle runs every operation, with a base URL relative to the page', async () => {
    const api = await startApi({ env: serviceSettings });
    onTestFinished(() => api.stop());
    const done = await runOnPage('browser.mjs', api.baseUrl, serviceSettings.ADMIN_API_KEY);
    expect(done).toEqual(everyOperationDone);
  });

  test('a change that is redirected is an error, although the browser hides the address', async () => {
    const server = await startScriptedServer(text(307, '', { location: '/shop/products' }));
    expect(await runOnPage('redirected.mjs', server.baseUrl)).toMatch(
      /^RedirectError: The service has moved to another address/,
    );
    expect(server.requests).toEqual(['POST /products']);
  });
});
