import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from './config.js';

test('the environment has the base URL, the API key, the profile and headers', () => {
  const environment = {
    CATALOG_URL: 'http://catalog:1',
    CATALOG_API_KEY: 'pk_1',
    CATALOG_PROFILE: 'shop',
    CATALOG_HEADERS: 'X-Shop: 1',
    CATALOG_FORWARD_HEADERS: 'X-Hook: 1',
    XDG_CONFIG_HOME: '/settings',
  };
  expect(readConfig(environment)).toEqual({
    baseUrl: 'http://catalog:1',
    apiKey: 'pk_1',
    profile: 'shop',
    headers: 'X-Shop: 1',
    forwardHeaders: 'X-Hook: 1',
    profilesFile: join('/settings', 'catalog', 'profiles.json'),
  });
});

test.each([{}, { CATALOG_URL: '', CATALOG_API_KEY: '', CATALOG_PROFILE: '', CATALOG_HEADERS: '' }])(
  '%j sets nothing',
  (environment) => {
    expect(readConfig(environment)).toEqual({
      baseUrl: undefined,
      apiKey: undefined,
      profile: undefined,
      headers: '',
      forwardHeaders: '',
      profilesFile: join(homedir(), '.config', 'catalog', 'profiles.json'),
    });
  },
);

test('on Windows, the folder of the profiles is in APPDATA', () => {
  const { profilesFile } = readConfig({ APPDATA: 'C:/Users/me' });
  expect(profilesFile).toBe(join('C:/Users/me', 'catalog', 'profiles.json'));
});
