import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient, type Product } from '@product-api/client';
import {
  eventually,
  findSqlite3,
  freePort,
  type RunningApi,
  type ServerProcess,
  startApi,
  startServerProcess,
  temporaryFolder,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { launchBrowser } from '@product-api/testing/launch-browser';
import express from 'express';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('..', import.meta.url));
const lamp = { name: 'Lamp', description: '', price: 12.5, stock_quantity: 2 };

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ env: { CORS_ORIGINS: '*' } });
});
afterAll(() => api?.stop());

test('sdk.mjs runs to its end', async () => {
  const env = { ...process.env, CATALOG_URL: api.baseUrl };
  const { stdout, stderr } = await run(process.execPath, ['sdk.mjs'], { cwd: folder, env });
  expect(stderr).toBe('');
  const lines = stdout.trim().split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    'created',
    'read',
    'refused:',
    'sold',
    'invalid',
    'invalid',
    'found',
    'newest',
    'raised',
    'raised',
    'raised',
    'deleted',
  ]);
  expect(stdout).toMatch(/^sold 2, 98 are left$/m);
  expect(stdout).toMatch(/^found Wireless Mouse$/m);
  expect(stdout).toMatch(/^read Wireless Mouse from the cache: (HIT|MISS) request: \S{8}/m);
});

test('import-csv.mjs imports a file, and shows the lines that failed', async () => {
  const files = await temporaryFolder();
  onTestFinished(() => files.remove());
  const file = files.file('products.csv');
  const lines = ['name,description,price,stock_quantity', 'Desk,Oak,199.5,3', 'Chair,,0,1', ''];
  await writeFile(file, lines.join('\n'));
  const env = { ...process.env, CATALOG_URL: api.baseUrl };
  const failure = await run(process.execPath, ['import-csv.mjs', file], { cwd: folder, env }).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({
    code: 1,
    stderr: '',
    stdout: [
      'line 3: price: Value error, Price must be greater than zero',
      '1 created, 0 updated, 0 unchanged, 1 failed',
      '',
    ].join('\n'),
  });
  const { products } = createClient({ baseUrl: api.baseUrl });
  const [desk] = await products.list({ q: 'desk oak' }).toArray();
  expect(desk).toMatchObject({ name: 'Desk', price: 199.5, stock_quantity: 3 });
});

describeWith('sqlite3')('follow-changes.mjs', () => {
  test('is in step after kill -9, with changes by the API and by SQL meanwhile', async () => {
    const files = await temporaryFolder();
    onTestFinished(() => files.remove());
    const database = files.file('products.db');
    const service = await startApi({ env: { DATABASE_URL: `file:${database}` } });
    onTestFinished(() => service.stop());
    const { products } = createClient({ baseUrl: service.baseUrl });
    const sqlite3 = await findSqlite3();
    const sql = (statement: string) => run(sqlite3, ['-cmd', '.timeout 5000', database, statement]);

    const file = files.file('copy.json');
    const startFollower = async () => {
      const follower = await startServerProcess({
        name: 'follower',
        program: process.execPath,
        args: ['follow-changes.mjs', file],
        cwd: folder,
        env: { ...process.env, CATALOG_URL: service.baseUrl },
        isReady: async () => (await copiedProducts(file)).length > 0,
      });
      onTestFinished(() => follower.signal('SIGKILL'));
      return follower;
    };
    const expectInStep = () =>
      eventually(async () => {
        const exported = await products.list({ sort: 'created' }).toArray();
        expect(await copiedProducts(file)).toEqual(exported.toSorted(byId));
      });
    /** Creates, changes and deletes products, by the service and without it. */
    const change = async (name: string) => {
      const ids: string[] = [];
      for (let price = 1; price <= 20; price += 1) {
        const { id } = await products.create({ ...lamp, name, price });
        ids.push(id);
        await products.adjustStock(ids[0] ?? id, 1);
      }
      await sql(`UPDATE products SET price_units = price_units + 10000 WHERE name = '${name}'`);
      await sql(`DELETE FROM products WHERE id = '${ids[5]}'`);
      await products.delete(ids[6] ?? '');
      await products.update(ids[7] ?? '', { name: `${name} renamed` });
    };

    const first = await startFollower();
    await expectInStep();
    const changing = change('meanwhile');
    await eventually(async () => (await copiedProducts(file)).length > 10);
    first.signal('SIGKILL');
    await first.exit;
    await changing;
    await change('without a follower');
    const second = await startFollower();
    await Promise.all([change('with the next one'), change('at the same time')]);
    await expectInStep();
    second.signal('SIGINT');
    expect(await second.exit).toBe(0);
  });
});

function byId(one: Product, other: Product): number {
  return one.id < other.id ? -1 : 1;
}

async function copiedProducts(file: string): Promise<Product[]> {
  return JSON.parse(await readFile(file, 'utf8')).products.toSorted(byId);
}

/** Starts express-proxy.mjs, and returns the address of its list. */
async function startShop(env: Readonly<Record<string, string>>) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}/shop/products`;
  const shop = await startServerProcess({
    name: 'shop',
    program: process.execPath,
    args: ['express-proxy.mjs'],
    cwd: folder,
    env: { ...process.env, ...env, PORT: String(port) },
    isReady: async () => (await fetch(address)).status > 0,
  });
  return { shop, address };
}

describe('express-proxy.mjs', () => {
  let shop: ServerProcess;
  let address: string;

  beforeAll(async () => {
    ({ shop, address } = await startShop({ CATALOG_URL: api.baseUrl }));
  });
  afterAll(async () => {
    shop?.signal('SIGKILL');
    await shop?.exit;
  });

  test('lists and shows products', async () => {
    const { items } = await (await fetch(address)).json();
    expect(items.length).toBeGreaterThan(0);
    const product = await (await fetch(`${address}/${items[0].id}`)).json();
    expect(product).toEqual(items[0]);
  });

  test('passes on the problem of the catalog, with the request id of the visitor', async () => {
    const headers = { 'x-request-id': 'visit-1' };
    const response = await fetch(`${address}/unknown`, { headers });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 404, request_id: 'visit-1' });
  });

  test('reports a refused API key as its own fault, not as one of the visitor', async () => {
    const guarded = await startApi({ env: { AUTH: 'all', ADMIN_API_KEY: 'admin'.repeat(8) } });
    onTestFinished(() => guarded.stop());
    const env = { CATALOG_URL: guarded.baseUrl, CATALOG_API_KEY: 'pk_unknown' };
    const refused = await startShop(env);
    onTestFinished(() => refused.shop.signal('SIGKILL'));
    const response = await fetch(refused.address);
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ title: 'The catalog does not respond' });
  });

  test('orders cannot sell more than there is', async () => {
    const { products } = createClient({ baseUrl: api.baseUrl });
    const { id } = await products.create(lamp);
    const orders = Array.from({ length: 5 }, () =>
      fetch(`${address}/${id}/orders`, { method: 'POST' }),
    );
    const statuses = (await Promise.all(orders)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([201, 201, 409, 409, 409]);
    expect(await products.get(id)).toMatchObject({ stock_quantity: 0 });
  });
});

describeWith('browser')('browser.html', () => {
  test('adds a product, and shows the faults of an invalid one', async () => {
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    const origin = await serveFolder();
    await page.goto(`${origin}/browser.html?api=${api.baseUrl}`);

    await page.getByLabel('Name').fill('Desk');
    await page.getByLabel('Price').fill('-1');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('Price must be greater than zero').waitFor();

    await page.getByLabel('Price').fill('99.5');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('Desk: 99.5').waitFor();
    expect(await page.getByText('Price must be').count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test('says what is wrong when the service cannot be reached', async () => {
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    const origin = await serveFolder();
    await page.goto(`${origin}/browser.html?api=http://127.0.0.1:${await freePort()}`);
    await page.getByText('check that it is running and reachable').waitFor();
  });
});

/** Serves the examples until the test ends, and returns their origin. */
async function serveFolder(): Promise<string> {
  const server: Server = express().use(express.static(folder)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
