import { createClient } from '@product-api/client';
import { startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { createPostgresDatabase } from '@product-api/testing/postgres';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryCatalog } from './api-on-file.js';
import { admin } from './catalog-admin.js';
import { LAMP_ID, makeCatalog } from './make-catalog.js';

describeWith('postgres')('catalog-admin copy-database', () => {
  test('copies a catalog, from which a service on PostgreSQL goes on', async () => {
    const { file } = await temporaryCatalog();
    await makeCatalog(file, "UPDATE products SET description = 'Bright'");
    const { url, drop } = await createPostgresDatabase();
    onTestFinished(drop);
    const copied = await admin(file, 'copy-database', '--from', `file:${file}`, '--to', url);
    expect(copied).toMatchObject({ code: 0, stderr: '' });
    expect(copied.stdout).toMatch(/^Copied 1 product; SHA-256 of both catalogs: [0-9a-f]{64}\n$/);

    const api = await startApi({ env: { DATABASE_URL: url } });
    onTestFinished(() => api.stop());
    const { products } = createClient({ baseUrl: api.baseUrl });
    expect(await products.get(LAMP_ID)).toMatchObject({ name: 'Lamp', description: 'Bright' });
    expect((await products.listPage()).items).toHaveLength(1);
    expect((await products.listPage({ q: 'lamp bri' })).items).toHaveLength(1);

    const again = await admin(file, 'copy-database', '--from', `file:${file}`, '--to', url);
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/has products or API keys: name an empty one\n$/);
  });
});

test.each([
  'copy-database',
  'copy-database file --from file:a',
  'copy-database --to postgres://a/b',
  'migrate --from file:a',
])('%s shows the usage', async (line) => {
  const { file } = await temporaryCatalog();
  const { code, stderr } = await admin(file, ...line.split(' '));
  expect(code).toBe(2);
  expect(stderr).toMatch(/^USAGE: catalog-admin COMMAND/);
});

test('a copy to a file is refused', async () => {
  const { file } = await temporaryCatalog();
  const { code, stderr } = await admin(file, 'copy-database', '--from', `file:${file}`);
  expect(code).toBe(1);
  expect(stderr).toBe('A catalog can be copied only from file:… to postgres://…\n');
});
