import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseError, restore } from '@product-api/database';
import {
  eventually,
  findSqlite3,
  sharedRedis,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { namesIn, type Service, startOn, startService, temporaryCatalog } from './api-on-file.js';
import { admin, run } from './catalog-admin.js';
import { hasProduct, LAMP_ID, makeCatalog } from './make-catalog.js';

describe('while the service runs', () => {
  let parent: TemporaryFolder;
  let folder: string;
  let file: string;
  let service: Service;

  beforeAll(async () => {
    parent = await temporaryFolder();
    folder = parent.file('data');
    file = `${folder}/catalog.db`;
    service = await startService(file);
  });

  afterAll(async () => {
    await service.api.stop();
    await parent.remove();
  });

  /** Returns a path for a backup in a folder of its own, which contains nothing else. */
  function copyIn(name: string): { copies: string; copy: string } {
    const copies = parent.file(name);
    mkdirSync(copies);
    return { copies, copy: `${copies}/copy.db` };
  }

  const databaseFiles = ['catalog.db', 'catalog.db-shm', 'catalog.db-wal'];

  test('a backup contains all products that were acknowledged before', async () => {
    const { create } = service;
    const { copies, copy } = copyIn('acknowledged');
    const before = await idsOf([create(), create(), create()]);
    const writing = Promise.all(Array.from({ length: 100 }, create));
    expect(await admin(file, 'backup', copy)).toMatchObject({ code: 0, stderr: '' });
    await writing;
    expect([namesIn(folder), namesIn(copies)]).toEqual([databaseFiles, ['copy.db']]);
    for (const id of before) {
      expect(await hasProduct(copy, id)).toBe(true);
    }
  });

  test('a backup replaces an existing file only with --overwrite', async () => {
    const { copies, copy } = copyIn('existing');
    writeFileSync(copy, 'mine');
    expect(await admin(file, 'backup', copy)).toMatchObject({
      code: 1,
      stderr: `${copy} exists: name another file, or add --overwrite\n`,
    });
    expect(await admin(file, 'backup', copy, '--overwrite')).toMatchObject({ code: 0 });
    expect(await admin(file, 'backup', file, '--overwrite')).toMatchObject({ code: 1 });
    expect(await admin(file, 'backup', `${file}-wal`, '--overwrite')).toMatchObject({ code: 1 });
    expect(await admin(`${copies}/none.db`, 'backup', `${copies}/other.db`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no database'),
    });
  });

  test('a restore is refused, and the catalog stays in use', async () => {
    const { create, get } = service;
    const { copies, copy } = copyIn('in-use');
    await admin(file, 'backup', copy);
    const [id] = await idsOf([create()]);
    expect(await admin(file, 'restore', copy)).toMatchObject({
      code: 1,
      stderr: `${file} is in use. Stop every service and program that has it open, and restore again\n`,
    });
    expect((await get(`/products/${id}`)).status).toBe(200);
    expect((await create()).status).toBe(201);
    expect([namesIn(folder), namesIn(copies)]).toEqual([databaseFiles, ['copy.db']]);
  });
});

test('a restore after a crash keeps the former catalog', async () => {
  const { file, folder } = await temporaryCatalog();
  const { api, create } = await startOn(file);
  const [kept] = await idsOf([create()]);
  const copy = `${folder}/copy.db`;
  await admin(file, 'backup', copy);
  const [later = ''] = await idsOf([create()]);
  api.kill('SIGKILL');
  await api.exit;

  const restored = await admin(file, 'restore', copy);
  expect(restored).toMatchObject({ code: 0, stderr: '' });
  const former = /kept as (.*)\n/.exec(restored.stdout)?.[1] ?? '';
  expect(namesIn(folder)).toEqual(['catalog.db', basename(former), 'copy.db']);
  const restart = await startOn(file);
  expect((await restart.get(`/products/${kept}`)).status).toBe(200);
  expect((await restart.get(`/products/${later}`)).status).toBe(404);
  expect(await hasProduct(former, later)).toBe(true);
});

describe('a catalog of one product, and its backup', () => {
  let template: TemporaryFolder;

  beforeAll(async () => {
    template = await temporaryFolder();
    await makeCatalog(template.file('catalog.db'));
    await admin(template.file('catalog.db'), 'backup', template.file('copy.db'));
  });

  afterAll(() => template.remove());

  /** Copies the catalog and its backup to a folder of the test. */
  async function catalogAndBackup() {
    const { file, folder } = await temporaryCatalog();
    const copy = `${folder}/copy.db`;
    mkdirSync(folder);
    copyFileSync(template.file('catalog.db'), file);
    copyFileSync(template.file('copy.db'), copy);
    return { file, folder, copy };
  }

  test.each<[name: string, spoil: (copy: string) => void | Promise<void>]>([
    ['is missing', (copy) => rmSync(copy)],
    ['is text', (copy) => writeFileSync(copy, 'text '.repeat(9999))],
    ['is empty', (copy) => truncateSync(copy)],
    ['was cut off', (copy) => truncateSync(copy, 8192)],
    ['is another database', (copy) => sql(copy, 'DROP TABLE products')],
    ['lacks an index entry', (copy) => sql(copy, REMOVE_INDEX_ENTRY)],
    ['is from a newer version', (copy) => sql(copy, ADD_NEWER_MIGRATION)],
    ['has a write-ahead log', (copy) => writeFileSync(`${copy}-wal`, 'changes')],
  ])('a backup that %s is not restored', async (_, spoil) => {
    const { file, folder, copy } = await catalogAndBackup();
    await spoil(copy);
    const content = readFileSync(file);
    const failure = await restore({ url: `file:${file}`, source: copy }).catch((error) => error);
    expect(failure).toBeInstanceOf(DatabaseError);
    expect(failure.message).toContain(copy);
    expect(failure.message).not.toMatch(/\n|npm run restore/);
    expect(namesIn(folder).filter((name) => name.includes('restor'))).toEqual([]);
    expect(readFileSync(file).equals(content)).toBe(true);
  });

  test('a failed restore ends the command with one sentence', async () => {
    const { file, copy } = await catalogAndBackup();
    rmSync(copy);
    const { code, stderr } = await admin(file, 'restore', copy);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^.*copy\.db.*\n$/);
  });

  test.each<[string, (file: string) => void]>([
    ['damaged', (file) => writeFileSync(file, 'text '.repeat(9999))],
    ['lost', (file) => rmSync(file)],
  ])('a %s catalog is replaced by its backup', async (_, spoil) => {
    const { file, copy } = await catalogAndBackup();
    spoil(file);
    writeFileSync(`${file}-wal`, 'of another file');
    expect(await admin(file, 'restore', copy)).toMatchObject({ code: 0 });
    expect(existsSync(`${file}-wal`)).toBe(false);
    const { get } = await startOn(file);
    expect((await get(`/products/${LAMP_ID}`)).status).toBe(200);
  });
});

const REMOVE_INDEX_ENTRY = `PRAGMA writable_schema = ON;
  UPDATE sqlite_schema SET sql = replace(sql, '"name", "id"', '"id", "name"')
  WHERE name = 'products_name_id_idx'`;
const ADD_NEWER_MIGRATION = `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
  VALUES ('x', 'y', '29991231000000_product_colour', 0)`;

describeWith('redis')('a restored catalog', () => {
  test('is not served from entries that Redis has of the former one', async () => {
    const redis = await sharedRedis();
    onTestFinished(() => redis.stop());
    const { file, folder } = await temporaryCatalog();
    const env = { REDIS_URL: redis.url, CACHE_NAMESPACE: `${folder}:`, REDIS_TIMEOUT_MS: '2000' };
    const { api, create, get } = await startOn(file, { env });
    const copy = `${folder}/copy.db`;
    await admin(file, 'backup', copy);
    const [later] = await idsOf([create()]);
    await eventually(async () => (await get(`/products/${later}`)).headers['x-cache'] === 'HIT');
    await api.stop();
    await admin(file, 'restore', copy);
    const restart = await startOn(file, { env });
    expect((await restart.get(`/products/${later}`)).status).toBe(404);
  });
});

describeWith('sqlite3')('with sqlite3, as documented', () => {
  test('a backup is made while the service runs, and restored after a crash', async () => {
    const sqlite3 = await findSqlite3();
    const { file, folder } = await temporaryCatalog();
    const { api, create } = await startOn(file);
    const [kept] = await idsOf([create()]);
    const copy = `${folder}/copy.db`;
    await run(sqlite3, [file, `.backup ${copy}`]);
    const [later] = await idsOf([create()]);
    api.kill('SIGKILL');
    await api.exit;

    for (const suffix of ['-wal', '-shm']) {
      rmSync(file + suffix, { force: true });
    }
    copyFileSync(copy, file);
    const renew = "UPDATE metadata SET value = hex(randomblob(16)) WHERE key = 'database_id'";
    await run(sqlite3, [file, renew]);
    const { get } = await startOn(file);
    expect((await get(`/products/${kept}`)).status).toBe(200);
    expect((await get(`/products/${later}`)).status).toBe(404);
  });
});

test('a catalog in PostgreSQL is left to its own programs', async () => {
  const script = fileURLToPath(new URL('../dist/admin.js', import.meta.url));
  const env = { DATABASE_URL: 'postgres://user:secret@127.0.0.1/catalog' };
  const { code, stderr } = await run(process.execPath, [script, 'backup', '/nowhere/copy'], env);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^DATABASE_URL leads to PostgreSQL: .*pg_dump/);
});

async function sql(file: string, statements: string): Promise<void> {
  await run(await findSqlite3(), [file, statements]);
}

/** Waits until products are created, and returns their ids. */
async function idsOf(creations: readonly Promise<{ status: number; text: string }>[]) {
  return (await Promise.all(creations)).map(({ status, text }) => {
    expect(status).toBe(201);
    return String(JSON.parse(text).id);
  });
}
