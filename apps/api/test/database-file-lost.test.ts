import {
  closeSync,
  copyFileSync,
  fstatSync,
  openSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { eventually } from '@product-api/testing';
import { expect, test } from 'vitest';
import {
  type ApiOnFile,
  moveDatabase,
  startApiOnFile,
  startOn,
  temporaryCatalog,
} from './api-on-file.js';
import { makeCatalog } from './make-catalog.js';
import type { RawResponse } from './raw-request.js';
import { messages } from './start-workers.js';

const faults: readonly [name: string, fault: (database: ApiOnFile) => void, reason: string][] = [
  ['is deleted', ({ file }) => rmSync(file), 'was deleted or moved'],
  [
    'is moved with its log',
    ({ file }) => moveDatabase(file, `${file}.old`),
    'was deleted or moved',
  ],
  ['is replaced by a copy', ({ file }) => replaceByCopy(file), 'was replaced by another file'],
  ['is replaced by other content', ({ file }) => replace(file), 'was replaced by another file'],
  ['is emptied', ({ file }) => truncateSync(file), 'was emptied'],
  ['loses its write-ahead log', ({ file }) => rmSync(`${file}-wal`), 'catalog.db-wal was deleted'],
  ['loses its shared memory', ({ file }) => rmSync(`${file}-shm`), 'catalog.db-shm was deleted'],
  [
    'is in a folder that is renamed',
    ({ folder }) => renameSync(folder, `${folder}.old`),
    'deleted or moved',
  ],
  [
    'is in a folder that is deleted',
    ({ folder }) => rmSync(folder, { recursive: true }),
    'deleted or moved',
  ],
];

test.each(faults)(
  'the next write after a database file %s is refused',
  async (_, fault, reason) => {
    const database = await startApiOnFile();
    const { api, create, get } = database;
    expect((await create()).status).toBe(201);
    fault(database);
    expectUnavailable(await create());
    await eventually(() =>
      expect(messages(api, 'the database cannot be used')).toMatchObject([
        { level: 'error', reason: expect.stringContaining(reason) },
      ]),
    );
    expectUnavailable(await get('/health/ready'));
    api.kill('SIGTERM');
    expect(await api.exit).toBe(0);
  },
);

test('a lost database file is noticed without a request, and logged once with a remedy', async () => {
  const { api, file, create, get } = await startApiOnFile();
  rmSync(file);
  const lines = () => messages(api, 'the database cannot be used');
  await eventually(() => lines().length === 1);
  expect(lines()[0]?.['reason']).toMatch(/Stop the service.*restore a backup.*start it again/);
  expectUnavailable(await get('/health/ready'));
  expectUnavailable(await get('/products'));
  expectUnavailable(await create());
  expect((await get('/health/live')).status).toBe(200);
  expect(lines()).toHaveLength(1);
  api.kill('SIGTERM');
  await api.exit;
  expect(messages(api, 'request failed')).toEqual([]);
});

test('a damaged page ends all use of the database when it is read, and the log says so', async () => {
  const { file } = await temporaryCatalog();
  await makeCatalog(file);
  const { api, create, get } = await startOn(file, { env: { SEED: 'false' } });
  const pages = openSync(file, 'r+');
  for (let page = 1; page < fstatSync(pages).size / 4096; page++) {
    writeSync(pages, Buffer.alloc(4096, 0x7f), 0, 4096, page * 4096);
  }
  closeSync(pages);
  expectUnavailable(await get('/products?sort=stock'));
  expectUnavailable(await create());
  expectUnavailable(await get('/health/ready'));
  await eventually(() =>
    expect(messages(api, 'the database cannot be used')).toMatchObject([
      { level: 'error', reason: expect.stringMatching(/is damaged.*restore a backup/) },
    ]),
  );
});

test('a database file that is moved back is not used before a restart', async () => {
  const { file, create, get } = await startApiOnFile();
  moveDatabase(file, `${file}.old`);
  expectUnavailable(await create());
  moveDatabase(`${file}.old`, file);
  expectUnavailable(await create());
  expectUnavailable(await get('/health/ready'));
});

function expectUnavailable({ status, headers, text }: RawResponse): void {
  expect(status, text).toBe(503);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
  expect(JSON.parse(text)).toMatchObject({ title: 'Service unavailable' });
}

function replaceByCopy(file: string): void {
  copyFileSync(file, `${file}.copy`);
  renameSync(`${file}.copy`, file);
}

function replace(file: string): void {
  writeFileSync(`${file}.other`, 'not a database');
  renameSync(`${file}.other`, file);
}
