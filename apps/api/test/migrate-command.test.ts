import { expect, test } from 'vitest';
import { startOn, temporaryCatalog } from './api-on-file.js';
import { admin } from './catalog-admin.js';
import { makeCatalog } from './make-catalog.js';

const UP_TO_DATE = { code: 0, stdout: 'No migration is pending\n', stderr: '' };

test('of several runs at once one migrates, and a start finds nothing to migrate', async () => {
  const { file } = await temporaryCatalog();
  const runs = await Promise.all(Array.from({ length: 4 }, () => admin(file, 'migrate')));
  const [applied, ...others] = runs.toSorted((a, b) => a.stdout.localeCompare(b.stdout));
  expect(applied).toMatchObject({ code: 0, stderr: '' });
  expect(applied?.stdout).toMatch(/^Applied [1-9]\d* migrations, the last is \d{14}_\w+\n$/);
  expect(others).toEqual([UP_TO_DATE, UP_TO_DATE, UP_TO_DATE]);
  const { api, create } = await startOn(file);
  expect((await create()).status).toBe(201);
  expect(api.logLines().join('\n')).not.toContain('migration applied');
});

test('a database of a newer version ends the command with one sentence', async () => {
  const { file } = await temporaryCatalog();
  await makeCatalog(
    file,
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
     VALUES ('x', 'y', '29991231000000_product_colour', 0)`,
  );
  const { code, stdout, stderr } = await admin(file, 'migrate');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^.*29991231000000_product_colour.*\n$/);
});

test('an invalid command line is refused with the usage', async () => {
  const { file } = await temporaryCatalog();
  const { code, stderr } = await admin(file, 'migrate', 'other.db');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^USAGE: catalog-admin COMMAND/);
});
