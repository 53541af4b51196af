import { chmod, mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { type TemporaryFolder, temporaryFolder } from '@product-api/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withoutProfile, withProfile } from './profiles.js';
import { readProfiles, writeProfiles } from './profiles-file.js';

let folder: TemporaryFolder;
let path: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  path = folder.file('settings/catalog/profiles.json');
});
afterEach(() => folder.remove());

const shop = { baseUrl: 'https://shop.example.com', apiKey: 'secret-1' };
const test2 = { baseUrl: 'http://localhost:8080', apiKey: 'secret-2' };

test('profiles are read as they were written; the first one is the current one', async () => {
  expect((await readProfiles(path)).byName.size).toBe(0);
  await writeProfiles(path, withProfile(await readProfiles(path), 'shop', shop));
  await writeProfiles(path, withProfile(await readProfiles(path), '__proto__', test2));
  const read = await readProfiles(path);
  expect(read.current).toBe('shop');
  expect([...read.byName]).toEqual([
    ['shop', shop],
    ['__proto__', test2],
  ]);
  await writeProfiles(path, withoutProfile(read, 'shop'));
  expect(await readProfiles(path)).toMatchObject({ current: undefined });
});

test('only the user can read the file and its folder, and nothing else is left', async () => {
  await writeProfiles(path, withProfile(await readProfiles(path), 'shop', shop));
  const modes = [path, folder.file('settings/catalog')].map(
    async (each) => (await stat(each)).mode,
  );
  expect((await Promise.all(modes)).map((mode) => mode & 0o777)).toEqual([0o600, 0o700]);
  expect(await readdir(folder.file('settings/catalog'))).toEqual(['profiles.json']);
});

test('readers see the old profiles or the new ones, while they are written', async () => {
  await writeProfiles(path, withProfile(await readProfiles(path), 'shop', shop));
  let isWriting = true;
  const writes = Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      writeProfiles(path, { current: `p${index}`, byName: new Map([[`p${index}`, shop]]) }),
    ),
  ).finally(() => {
    isWriting = false;
  });
  while (isWriting) {
    expect((await readProfiles(path)).byName.size).toBe(1);
  }
  await writes;
});

test('a reader that has opened the file reads the profiles from before a write', async () => {
  await writeProfiles(path, withProfile(await readProfiles(path), 'shop', shop));
  const before = await readFile(path, 'utf8');
  const reader = await open(path);
  await writeProfiles(path, withProfile(await readProfiles(path), 'other', test2));
  expect(await reader.readFile('utf8')).toBe(before);
  await reader.close();
});

test.skipIf(process.platform === 'win32').each([0o644, 0o640, 0o602])(
  'a file with the permissions %i is refused, and its key is not shown',
  async (mode) => {
    await writeProfiles(path, withProfile(await readProfiles(path), 'shop', shop));
    await chmod(path, mode);
    const error = await readProfiles(path).catch((reason: unknown) => reason);
    expect(String(error)).toContain(`Run: chmod 600 ${path}`);
    expect(String(error)).not.toContain('secret');
  },
);

test.each(['', '[]', '{"profiles":{"shop":{"base_url":1,"api_key":"secret-1"}}}', '{"pro'])(
  'a file with %j is refused',
  async (content) => {
    await mkdir(folder.file('settings/catalog'), { recursive: true });
    await writeFile(path, content, { mode: 0o600 });
    const error = await readProfiles(path).catch((reason: unknown) => reason);
    expect(String(error)).toContain('is not a file of profiles: repair it, or remove it');
    expect(String(error)).not.toContain('secret');
  },
);
