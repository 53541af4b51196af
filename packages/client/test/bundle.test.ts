import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { launchBrowser } from '@product-api/testing/launch-browser';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { everyOperationDone } from './consumer-project.js';

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

test('the README states the size of a bundle, which is within its goal', async () => {
  const contents = `export { createClient } from '@product-api/client';`;
  const bytes = gzipSync(await bundle({ stdin: { contents } }), { level: 9 }).byteLength;
  expect(bytes).toBeLessThanOrEqual(MAX_GZIPPED_BYTES);
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const stated = Number(/([\d.]+) kB, minified and gzipped/.exec(readme)?.[1]) * 1000;
  expect(Math.abs(bytes - stated)).toBeLessThan(150);
});

describeWith('browser')('in a browser', () => {
  test('a bundle runs every operation, with a base URL relative to the page', async () => {
    const api = await startApi();
    onTestFinished(() => api.stop());
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    const script = await bundle({ entryPoints: ['consumer/browser.mjs'] });
    const body = `<!doctype html><script type="module">${script}</script>`;
    const address = `${api.baseUrl}/page.html`;
    await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(address);
    const done = await page.evaluate(() => Reflect.get(globalThis, 'done'));
    expect(done).toEqual(everyOperationDone);
  });
});
