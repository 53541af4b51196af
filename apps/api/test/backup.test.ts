import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import { eventually, findSqlite3, sharedRedis } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { expect, onTestFinished, test, vi } from 'vitest';
import { namesIn, startOn, temporaryCatalog } from './api-on-file.js';
import { makeCatalog } from './make-catalog.js';

/** How a run of the command ended. */
interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

// Several starts of a service or a command, one after the other.
vi.setConfig({ testTimeout: 60_000 });

test('a backup that is made while the service writes has all that was acknowledged before', async () => {
  const { file, folder } = await temporaryCatalog();
  const { api, create } = await startOn(file);
  const before = await idsOf([create(), create(), create()]);
  const writing = Promise.all(Array.from({ length: 100 }, create));
  const copy = `${folder}/copy.db`;
  expect(await admin(file, 'backup', copy)).toMatchObject({ code: 0, stderr: '' });
  await writing;
  expect(namesIn(folder)).toEqual(['catalog.db', 'catalog.db-shm', 'catalog.db-wal', 'copy.db']);
  await api.stop();

  const { get } = await startOn(copy);
  for (const id of before) {
    expect((await get(`/products/${id}`)).status).toBe(200);
  }
});

test('a backup does not replace a file, unless it is told to', async () => {
  const { file, folder } = await temporaryCatalog();
  await startOn(file);
  const copy = `${folder}/copy.db`;
  writeFileSync(copy, 'mine');
  expect(await admin(file, 'backup', copy)).toMatchObject({
    code: 1,
    stderr: `${copy} exists: name another file, or add --overwrite\n`,
  });
  expect(await admin(file, 'backup', copy, '--overwrite')).toMatchObject({ code: 0 });
  expect(await admin(file, 'backup', file, '--overwrite')).toMatchObject({ code: 1 });
  expect(await admin(file, 'backup', `${file}-wal`, '--overwrite')).toMatchObject({ code: 1 });
  expect(await admin(`${folder}/none.db`, 'backup', `${folder}/other.db`)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is no database'),
  });
});

test('a backup is restored over what a crash left, and the former catalog is kept', async () => {
  const { file, folder } = await temporaryCatalog();
  const { api, create } = await startOn(file);
  const [kept] = await idsOf([create()]);
  const copy = `${folder}/copy.db`;
  await admin(file, 'backup', copy);
  const [later] = await idsOf([create()]);
  api.kill('SIGKILL');
  await api.exit;

  const restored = await admin(file, 'restore', copy);
  expect(restored).toMatchObject({ code: 0, stderr: '' });
  const former = /kept as (.*)\n/.exec(restored.stdout)?.[1] ?? '';
  const restart = await startOn(file);
  expect((await restart.get(`/products/${kept}`)).status).toBe(200);
  expect((await restart.get(`/products/${later}`)).status).toBe(404);
  const old = await startOn(former);
  expect((await old.get(`/products/${later}`)).status).toBe(200);
});

test('a backup is not restored while a service has the catalog open', async () => {
  const { file, folder } = await temporaryCatalog();
  const { create, get } = await startOn(file);
  const copy = `${folder}/copy.db`;
  await admin(file, 'backup', copy);
  const [id] = await idsOf([create()]);
  expect(await admin(file, 'restore', copy)).toMatchObject({
    code: 1,
    stderr: `${file} is in use. Stop every service and program that has it open, and restore again\n`,
  });
  expect((await get(`/products/${id}`)).status).toBe(200);
  expect((await create()).status).toBe(201);
  expect(namesIn(folder)).toEqual(['catalog.db', 'catalog.db-shm', 'catalog.db-wal', 'copy.db']);
});

const noBackups: readonly [name: string, spoil: (copy: string) => void | Promise<void>][] = [
  ['is not there', (copy) => rmSync(copy)],
  ['is text', (copy) => writeFileSync(copy, 'text '.repeat(9999))],
  ['is empty', (copy) => truncateSync(copy)],
  ['was cut off', (copy) => truncateSync(copy, 8192)],
  ['is another database', (copy) => sql(copy, 'DROP TABLE products')],
  ['lacks an index entry', (copy) => sql(copy, unindex)],
  ['is from a newer version', (copy) => sql(copy, newer)],
  ['has changes beside it', (copy) => writeFileSync(`${copy}-wal`, 'changes')],
];

const unindex = `PRAGMA writable_schema = ON;
  UPDATE sqlite_schema SET sql = replace(sql, '"name", "id"', '"id", "name"')
  WHERE name = 'products_name_id_idx'`;
const newer = `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
  VALUES ('x', 'y', '29991231000000_product_colour', 0)`;

test.each(noBackups)('a file that %s is not restored', async (_, spoil) => {
  const { file, folder } = await temporaryCatalog();
  await makeCatalog(file);
  const copy = `${folder}/copy.db`;
  await admin(file, 'backup', copy);
  await spoil(copy);
  const content = readFileSync(file);
  const { code, stderr } = await admin(file, 'restore', copy);
  expect(code).toBe(1);
  expect(stderr).toContain(copy);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(namesIn(folder).filter((name) => name.includes('restor'))).toEqual([]);
  expect(readFileSync(file).equals(content)).toBe(true);
});

test.each<[string, (file: string) => void]>([
  ['damaged', (file) => writeFileSync(file, 'text '.repeat(9999))],
  ['lost', (file) => rmSync(file)],
])('a catalog that is %s is replaced by its backup', async (_, spoil) => {
  const { file, folder } = await temporaryCatalog();
  await makeCatalog(file);
  const copy = `${folder}/copy.db`;
  await admin(file, 'backup', copy);
  spoil(file);
  writeFileSync(`${file}-wal`, 'of another file');
  expect(await admin(file, 'restore', copy)).toMatchObject({ code: 0 });
  expect(existsSync(`${file}-wal`)).toBe(false);
  const { get } = await startOn(file);
  expect((await get('/products/00000000-0000-4000-8000-000000000001')).status).toBe(200);
});

describeWith('redis')('a restored catalog', () => {
  test('is not served from what Redis knows of the former one', async () => {
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

describeWith('sqlite3')('by hand, as the README has it', () => {
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

/** Runs `catalog-admin` on a database. */
function admin(file: string, ...args: string[]): Promise<Run> {
  const script = fileURLToPath(new URL('../dist/admin.js', import.meta.url));
  return run(process.execPath, [script, ...args], { DATABASE_URL: `file:${file}` });
}

function run(program: string, args: string[], env = {}): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

async function sql(file: string, statements: string): Promise<void> {
  await run(await findSqlite3(), [file, statements]);
}

/** The ids of products that are being created. */
async function idsOf(creations: readonly Promise<{ status: number; text: string }>[]) {
  return (await Promise.all(creations)).map(({ status, text }) => {
    expect(status).toBe(201);
    return String(JSON.parse(text).id);
  });
}
