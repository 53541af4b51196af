import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type RunningApi,
  startApi,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startInTerminal } from './in-terminal.js';
import { type RunOptions, runCatalog } from './run-catalog.js';
import { startServer } from './start-server.js';

const onPath = fileURLToPath(new URL('../../../bin/', import.meta.url));
const adminKey = randomBytes(32).toString('base64url');

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({ env: { AUTH: 'all', ADMIN_API_KEY: adminKey } });
});
afterAll(() => api?.stop());

let folder: TemporaryFolder;
let env: Record<string, string>;
beforeEach(async () => {
  folder = await temporaryFolder();
  const PATH = `${onPath}:${dirname(process.execPath)}:${process.env['PATH']}`;
  env = { PATH, HOME: folder.path, XDG_CONFIG_HOME: folder.path, CATALOG_URL: api.baseUrl };
});
afterEach(() => folder.remove());

const catalog = (
  args: readonly string[],
  { stdin = '', baseUrl = api.baseUrl, config = {} }: Partial<RunOptions> = {},
) =>
  runCatalog(args, {
    baseUrl,
    config: { profilesFile: folder.file('catalog/profiles.json'), ...config },
    stdin,
  });

test('a key that is typed is not shown, and is kept for the user alone', async () => {
  const terminal = startInTerminal('catalog login && catalog whoami', env);
  await terminal.shows(`API key for ${api.baseUrl}: `);
  terminal.type(`${adminKey}\r`);
  const screen = await terminal.shows('Service');
  expect(screen).toContain(`Logged in to ${api.baseUrl} as ADMIN_API_KEY (admin), profile default`);
  expect(screen).not.toContain(adminKey.slice(0, 8));
  expect(await terminal.exit).toBe(0);
  const path = folder.file('catalog/profiles.json');
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
    current: 'default',
    profiles: { default: { base_url: api.baseUrl, api_key: adminKey } },
  });
  await chmod(path, 0o644);
  const refused = await catalog(['whoami']);
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('chmod 600') });
});

test('Ctrl-C ends the question, and nothing is kept', async () => {
  const terminal = startInTerminal('catalog login', env);
  await terminal.shows('API key for');
  terminal.type('secret\x03');
  expect(await terminal.exit).toBe(130);
  expect(await catalog(['profiles', '--json'])).toMatchObject({ stdout: '' });
});

test('no command line has the key', async () => {
  await writeFile(folder.file('key'), adminKey);
  // The command line of every process of this test, while the command waits for its response.
  let commandLines = '';
  const baseUrl = await startServer((request, response) => {
    commandLines = execFileSync('ps', ['axww', '-o', 'args'], { encoding: 'utf8' });
    expect(request.headers.authorization).toBe(`Bearer ${adminKey}`);
    const key = { id: 'admin', name: 'x', scopes: ['admin'], expires_at: null };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(key));
  });
  const command = `catalog login --base-url ${baseUrl} --api-key-file ${folder.file('key')}`;
  expect(await startInTerminal(command, env).exit).toBe(0);
  expect(commandLines).toContain('login --base-url');
  expect(commandLines).not.toContain(adminKey);
});

test('a key that the service refuses is not kept', async () => {
  const refused = await catalog(['login'], { stdin: 'pk_1_wrong-key' });
  expect(refused).toMatchObject({ exitCode: 9, stdout: '' });
  expect(refused.stderr).not.toContain('wrong');
  expect(await catalog(['whoami'])).toMatchObject({ exitCode: 9 });
  expect(await catalog(['login'], { stdin: ' \n' })).toMatchObject({
    exitCode: 2,
    stderr: 'error: Standard input must be an API key: ASCII characters without spaces\n',
  });
});

test('a login that would check another key than the given one is refused', async () => {
  const header = `Authorization: Bearer ${adminKey}`;
  const refused = await catalog(['login', '--header', header], { stdin: 'pk_1_wrong-key' });
  expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
  expect(refused.stderr).toContain('Leave out the Authorization header');
  const { stdout } = await catalog(['whoami', '--header', header, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ id: 'admin', from: 'the Authorization header' });
});

test('a login says when the environment has a key that is used instead', async () => {
  const config = { apiKey: 'other-key' };
  const { exitCode, stderr } = await catalog(['login'], { stdin: adminKey, config });
  expect(exitCode).toBe(0);
  expect(stderr).toContain('CATALOG_API_KEY is set');
  expect(await catalog(['whoami'], { config })).toMatchObject({ exitCode: 9 });
  expect(await catalog(['whoami', '--profile', 'default'], { config })).toMatchObject({
    exitCode: 0,
  });
});

test('profiles hold several services, and each key goes only to its own', async () => {
  const keys: unknown[] = [];
  const otherUrl = await startServer((request, response) => {
    keys.push(request.headers.authorization);
    const self = { id: 'k2', name: 'other', scopes: ['admin'], expires_at: null };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(self));
  });
  await catalog(['login'], { stdin: adminKey });
  expect(await catalog(['login'], { stdin: 'other-key', baseUrl: otherUrl })).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining(`Profile default is for ${api.baseUrl}. Name a profile for`),
  });
  await catalog(['login', '--profile', 'other'], { stdin: 'other-key', baseUrl: otherUrl });
  expect(await catalog(['profiles'])).toMatchObject({
    stdout: `   NAME     BASE URL\n*  default  ${api.baseUrl}\n   other    ${otherUrl}\n`,
  });
  await catalog(['whoami'], { baseUrl: otherUrl });
  const { stdout } = await catalog(['whoami', '--profile', 'other', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ id: 'k2', base_url: otherUrl, from: 'profile other' });
  expect(keys).toEqual(['Bearer other-key', undefined, 'Bearer other-key']);

  const named = await catalog(['profiles', '--json'], { config: { profile: 'other' } });
  expect(named.stdout).toContain('"name":"other","base_url":');
  expect(named.stdout).toMatch(/"current":false}\n.*"current":true}\n$/);

  const used = await catalog(['profiles', 'use', 'other']);
  expect(used.stderr).toBe(`Profile other is used from now on: ${otherUrl}\n`);
  const { stdout: json } = await catalog(['profiles', '--json', '--columns', 'name,current']);
  expect(json).toBe('{"name":"default","current":false}\n{"name":"other","current":true}\n');
});

test('a login without encryption is announced, unless the service is on this computer', async () => {
  // The port 1 is one that `fetch` never connects to.
  const remote = await catalog(['login'], { stdin: 'key', baseUrl: 'http://192.0.2.1:1' });
  expect(remote.stderr).toMatch(/^http:\/\/192\.0\.2\.1:1 is not encrypted: .+ https:\/\//);
  const local = await catalog(['login'], { stdin: adminKey });
  expect(local.stderr).toMatch(/^Logged in to/);
});

test('logout removes the profile', async () => {
  await catalog(['login'], { stdin: adminKey });
  await catalog(['login', '--profile', 'second'], { stdin: adminKey });
  expect(await catalog(['logout'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr:
      `Removed profile default, with the key for ${api.baseUrl}\n` +
      'Choose another one: catalog profiles use NAME\n',
  });
  expect(await readFile(folder.file('catalog/profiles.json'), 'utf8')).toContain('second');
  expect(await catalog(['whoami'])).toMatchObject({ exitCode: 9 });
  expect(await catalog(['logout'])).toMatchObject({
    exitCode: 2,
    stderr: 'error: No profile is in use: name one with --profile\n',
  });
  await catalog(['logout', '--profile', 'second']);
  expect(await readFile(folder.file('catalog/profiles.json'), 'utf8')).not.toContain(adminKey);
});

test.each([
  [['profiles', 'use', 'none'], 'There is no profile none. Add it: catalog login --profile none'],
  [['login', '--profile', 'my shop'], 'A profile’s name must have 1 to 64 letters'],
])('%j is refused', async (args, message) => {
  expect(await catalog(args)).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining(message),
  });
});

test('on a terminal, several deletions are confirmed', async () => {
  await catalog(['login'], { stdin: adminKey });
  const { stdout } = await catalog(['products', 'list', '--json', '--limit', '2']);
  const ids = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).id);
  const command = `catalog products delete ${ids.join(' ')}`;
  for (const [answer, exit, text] of [
    ['n\r', 0, 'Nothing was deleted.'],
    ['\x04', 0, 'Nothing was deleted.'],
    ['\x03', 130, ''],
    ['y\r', 0, `Deleted ${ids[1]}`],
  ] as const) {
    const terminal = startInTerminal(command, env);
    await terminal.shows('Delete 2 products? [y/N]');
    terminal.type(answer);
    await terminal.shows(text);
    expect(await terminal.exit).toBe(exit);
  }
});
