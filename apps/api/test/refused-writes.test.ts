import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, statSync } from 'node:fs';
import { eventually } from '@product-api/testing';
import { expect, test } from 'vitest';
import { startApiOnFile, startOn, temporaryCatalog } from './api-on-file.js';
import { LAMP_ID, makeCatalog } from './make-catalog.js';
import { ordinaryUser } from './ordinary-user.js';
import { runToEnd } from './run-to-end.js';
import { messages } from './start-workers.js';

test('a full disk refuses writes with 503 until there is space, and reads succeed', async () => {
  const { api, file, create, get } = await startApiOnFile();
  const { id } = JSON.parse((await create()).text);
  // The kernel refuses writes beyond this file size, as with a quota.
  limitFileSize(api.pid, statSync(`${file}-wal`).size);
  const refused = await create();
  expect(refused.status, refused.text).toBe(503);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.text).not.toMatch(/sqlite|prisma/i);
  expect((await create()).status).toBe(503);
  expect((await get(`/products/${id}`)).status).toBe(200);
  expect((await get('/products')).status).toBe(200);
  const ready = await get('/health/ready');
  expect(ready.status).toBe(200);
  expect(JSON.parse(ready.text)).toMatchObject({
    status: 'degraded',
    database: 'full',
    reasons: [expect.stringContaining('Free some space')],
  });
  // The log is written some time after the responses.
  await eventually(() =>
    expect(messages(api, 'the database refuses changes')).toMatchObject([{ level: 'error' }]),
  );

  limitFileSize(api.pid, 'unlimited');
  await eventually(async () => JSON.parse((await get('/health/ready')).text).status === 'ok');
  const stored = await create();
  expect(stored.status).toBe(201);
  await eventually(() => expect(messages(api, 'the database takes changes again')).toHaveLength(1));
  await api.stop();
  const { get: getLater } = await startOn(file);
  expect((await getLater(`/products/${JSON.parse(stored.text).id}`)).status).toBe(200);
});

test('a service with a full disk stops cleanly', async () => {
  const { api, file, create } = await startApiOnFile();
  limitFileSize(api.pid, statSync(`${file}-wal`).size);
  expect((await create()).status).toBe(503);
  api.kill('SIGTERM');
  expect(await api.exit).toBe(0);
});

test('a read-only file is reported at start, and refuses only writes until it is writable', async () => {
  const { file } = await temporaryCatalog();
  await makeCatalog(file);
  chmodSync(file, 0o444);

  const { api, create, get } = await startOn(file, { launcher: ordinaryUser });
  await eventually(() =>
    expect(messages(api, 'the database refuses changes')).toMatchObject([
      { level: 'warn', reason: expect.stringContaining(`${file} is read-only`) },
    ]),
  );
  expect(JSON.parse((await get('/health/ready')).text)).toMatchObject({
    status: 'degraded',
    database: 'read-only',
    reasons: [expect.stringContaining('read-only')],
  });
  expect((await get(`/products/${LAMP_ID}`)).status).toBe(200);
  const refused = await create();
  expect(refused.status).toBe(503);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);

  chmodSync(file, 0o644);
  await eventually(async () => JSON.parse((await get('/health/ready')).text).status === 'ok');
  expect((await create()).status).toBe(201);
});

test('a service on a read-only file stops cleanly', async () => {
  const { file } = await temporaryCatalog();
  await makeCatalog(file);
  chmodSync(file, 0o444);
  const { api } = await startOn(file, { launcher: ordinaryUser });
  api.kill('SIGTERM');
  expect(await api.exit).toBe(0);
  expect(api.logLines().join('\n')).not.toMatch(/at .*\.js:\d+/);
});

test('a read-only folder ends the start with one sentence', async () => {
  const { file, folder } = await temporaryCatalog();
  await makeCatalog(file);
  // If these files exist, the service does not need to write to the folder.
  rmSync(`${file}-wal`, { force: true });
  rmSync(`${file}-shm`, { force: true });
  chmodSync(folder, 0o555);
  const { code, output } = await runToEnd({ DATABASE_URL: `file:${file}` }, ordinaryUser);
  chmodSync(folder, 0o755);
  expect(code).toBe(1);
  expect(output).toContain('read-only');
  expect(output.trim().split('\n')).toHaveLength(1);
});

function limitFileSize(pid: number, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${bytes}:unlimited`]);
}
