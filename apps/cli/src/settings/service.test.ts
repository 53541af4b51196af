import { mkdir, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type TemporaryFolder, temporaryFolder } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from './config.js';
import { findService, type ServiceOptions } from './service.js';

const SHOP = 'https://shop.example.com';
const TEST = 'http://test.example.com/catalog';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
  const profiles = {
    current: 'shop',
    profiles: {
      shop: { base_url: SHOP, api_key: 'shop-key' },
      test: { base_url: TEST, api_key: 'test-key' },
    },
  };
  await mkdir(folder.path, { recursive: true });
  await writeFile(folder.file('profiles.json'), JSON.stringify(profiles), { mode: 0o600 });
  await writeFile(folder.file('key'), 'file-key\n');
});
afterAll(() => folder?.remove());

/** Returns the service for options and settings of the environment. */
function find({ stdin = '', ...options }: ServiceOptions & { stdin?: string }, config: object) {
  const environment: Config = {
    baseUrl: undefined,
    apiKey: undefined,
    profile: undefined,
    headers: '',
    forwardHeaders: '',
    profilesFile: folder.file('profiles.json'),
    ...config,
  };
  const { signal } = new AbortController();
  return findService(options, { config: environment, stdin: Readable.from([stdin]), signal });
}

const environmentKey = { apiKey: 'env-key' };

test.each<[string, ServiceOptions, Partial<Config>, [url: string, key: string | undefined]]>([
  ['the current profile', {}, {}, [SHOP, 'shop-key']],
  ['a profile of the environment', {}, { profile: 'test' }, [TEST, 'test-key']],
  ['a profile of an option', { profile: 'shop' }, { profile: 'test' }, [SHOP, 'shop-key']],
  ['the key of the environment', {}, environmentKey, [SHOP, 'env-key']],
  [
    'a profile of an option before the environment',
    { profile: 'test' },
    { baseUrl: SHOP, ...environmentKey },
    [TEST, 'test-key'],
  ],
  ['another service: no key', { baseUrl: TEST }, {}, [TEST, undefined]],
  ['another service of the environment: no key', {}, { baseUrl: TEST }, [TEST, undefined]],
  ['another port: no key', { baseUrl: `${SHOP}:8443` }, {}, [`${SHOP}:8443`, undefined]],
  [
    'another scheme: no key',
    { baseUrl: 'http://shop.example.com' },
    {},
    ['http://shop.example.com', undefined],
  ],
  ['another path: no key', { baseUrl: `${SHOP}/b`, profile: 'shop' }, {}, [`${SHOP}/b`, undefined]],
  [
    'the same service',
    { baseUrl: 'https://SHOP.example.com:443/' },
    {},
    ['https://SHOP.example.com:443/', 'shop-key'],
  ],
  [
    'another service with the key of the environment',
    { baseUrl: TEST, profile: 'shop' },
    environmentKey,
    [TEST, 'env-key'],
  ],
])('%s', async (_, options, config, [baseUrl, apiKey]) => {
  expect(await find(options, config)).toMatchObject({ baseUrl, apiKey });
});

test('a key in a file or on standard input goes before all others', async () => {
  const inFile = await find({ apiKeyFile: folder.file('key'), profile: 'shop' }, environmentKey);
  expect(inFile).toMatchObject({ baseUrl: SHOP, apiKey: 'file-key' });
  const piped = await find({ apiKeyFile: '-', stdin: ' piped-key\r\n' }, environmentKey);
  expect(piped).toMatchObject({ baseUrl: SHOP, apiKey: 'piped-key' });
});

test('without profiles, the service is the local one, without a key', async () => {
  expect(await find({}, { profilesFile: folder.file('none.json') })).toEqual({
    baseUrl: 'http://localhost:8080',
    apiKey: undefined,
    keySource: 'none',
  });
});

test.each<[ServiceOptions & { stdin?: string }, string]>([
  [{ profile: 'shopp' }, 'There is no profile shopp. Profiles: shop, test. Add it: catalog login'],
  [{ apiKeyFile: '/none' }, '/none (--api-key-file) cannot be read'],
  [{ apiKeyFile: '-' }, 'Standard input must be an API key'],
  [{ apiKeyFile: '-', stdin: 'se cret' }, 'Standard input must be an API key'],
])('%j is refused', async (options, message) => {
  const error = await find(options, {}).catch((reason: unknown) => reason);
  expect(String(error)).toContain(message);
  expect(String(error)).not.toContain('se cret');
});
