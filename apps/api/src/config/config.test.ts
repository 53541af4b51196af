import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { environmentSchema, readConfig } from './config.js';

/** The variables that .env.example sets, or shows in a comment. */
function exampleVariables(): Map<string, string> {
  const text = readFileSync(new URL('../../../../.env.example', import.meta.url), 'utf8');
  const lines = text.matchAll(/^(?:# )?([A-Z][A-Z_]+)=(.*)$/gm);
  return new Map(Array.from(lines, ([, name = '', value = '']) => [name, value]));
}

describe('.env.example', () => {
  test('lists every variable that the service reads, and no other of it', () => {
    const ofService = [...exampleVariables().keys()].filter((name) => !/^CATALOG_/.test(name));
    expect(ofService.toSorted()).toEqual(Object.keys(environmentSchema.shape).toSorted());
  });

  test('shows the defaults', () => {
    const { REDIS_URL: _, ...shown } = Object.fromEntries(exampleVariables());
    expect(readConfig(shown)).toEqual(readConfig({}));
  });

  test('states the bounds of every number, and of no other variable', () => {
    const numbers = Object.keys(environmentSchema.shape).filter((name) =>
      /a whole number from/.test(faultOf({ [name]: '~' })),
    );
    expect([...exampleBounds().keys()].toSorted()).toEqual(numbers.toSorted());
  });

  test.each([...exampleBounds()])(
    '%s has the bounds that .env.example states',
    (name, { min, max }) => {
      for (const value of [min, max]) {
        expect(readConfig({ [name]: `${value}` })).toHaveProperty(name, value);
      }
      for (const value of [min - 1, max + 1]) {
        expect(faultOf({ [name]: `${value}` })).toMatch(`a whole number from ${min} to ${max}`);
      }
    },
  );
});

test('turbo passes every variable on, so that `npm run dev` sees it', () => {
  const text = readFileSync(new URL('../../../../turbo.json', import.meta.url), 'utf8');
  const patterns: string[] = JSON.parse(text).globalPassThroughEnv;
  const isPassed = (name: string) =>
    patterns.some((each) =>
      each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each,
    );
  expect(Object.keys(environmentSchema.shape).filter((name) => !isPassed(name))).toEqual([]);
});

/** The bounds in the comment above each variable. */
function exampleBounds(): Map<string, { min: number; max: number }> {
  const text = readFileSync(new URL('../../../../.env.example', import.meta.url), 'utf8');
  const entries = text.matchAll(/^((?:#.*\n)+)([A-Z][A-Z_]+)=/gm);
  return new Map(
    Array.from(entries, ([, comment = '', name = '']) => ({
      name,
      bounds: /from (\d+) to (\d+)/.exec(comment),
    })).flatMap(({ name, bounds }) =>
      bounds ? [[name, { min: Number(bounds[1]), max: Number(bounds[2]) }]] : [],
    ),
  );
}

function faultOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
    return '';
  } catch (error) {
    return String(error);
  }
}

const numberSettings = [...exampleBounds().keys()];
const notWhole = [
  '1e3',
  '0x10',
  '0b1',
  '+5',
  '-1',
  '1.5',
  ' ',
  ' 5',
  '5\n',
  '1_000',
  'Infinity',
  'NaN',
  '٣',
];

test.each(numberSettings)('%s must be a whole number in decimal digits', (name) => {
  for (const text of [...notWhole, '1e12', '9'.repeat(15), '9'.repeat(400)]) {
    expect(faultOf({ [name]: text })).toMatch(/a whole number from \d+ to \d+$/);
  }
});

test('the longest timers together are within the maximum of Node', () => {
  const { SHUTDOWN_DELAY_MS, SHUTDOWN_TIMEOUT_MS, CACHE_POLL_MS, REDIS_TIMEOUT_MS } =
    Object.fromEntries(exampleBounds());
  const longest = [SHUTDOWN_DELAY_MS, SHUTDOWN_TIMEOUT_MS, CACHE_POLL_MS, REDIS_TIMEOUT_MS];
  const sum = longest.reduce((total, bounds) => total + (bounds?.max ?? Number.NaN), 0);
  expect(sum + 60_000).toBeLessThan(2 ** 31);
});

test.each([
  ['NODE_ENV', 'prod', 'development, test or production'],
  ['SEED', 'yes', 'true or false'],
  ['LOG_LEVEL', 'verbose', 'fatal, error, warn, info, debug or silent'],
  ['LOG_FORMAT', 'text', 'auto, json or pretty'],
  ['HOST', ' ', 'a host name or an IP address'],
  ['HOST', '[::1]', 'without brackets'],
  ['HOST', 'http://localhost', 'a host name or an IP address'],
  ['CACHE_NAMESPACE', ' ', 'letters'],
  ['CACHE_NAMESPACE', '{shop}:', 'letters'],
  ['CACHE_NAMESPACE', 'shop*:', 'letters'],
  ['CACHE_NAMESPACE', 'shop\n', 'letters'],
  ['CACHE_NAMESPACE', 'a'.repeat(201), 'at most 200'],
  ['DATABASE_URL', ' ', 'file:./data/catalog.db'],
])('%s=%j is refused with a message that says %s', (name, text, expectation) => {
  expect(faultOf({ [name]: text })).toMatch(`${name}: should`);
  expect(faultOf({ [name]: text })).toMatch(expectation);
});

test('a relative path of the database starts at the working directory', () => {
  expect(readConfig({ DATABASE_URL: 'file:./a%20b/100%25.db' })).toHaveProperty(
    'DATABASE_URL',
    `file:${process.cwd()}/a b/100%25.db`,
  );
});

test('an empty variable counts as unset', () => {
  expect(readConfig({ PORT: '', REDIS_URL: '' })).toEqual(readConfig({}));
});

test('all faults are reported together', () => {
  expect(() => readConfig({ PORT: '70000', SEED: 'yes', REDIS_URL: 'localhost' })).toThrow(
    /PORT: .*\n {2}SEED: .*\n {2}REDIS_URL: should start with redis:/,
  );
});

test('a REDIS_URL is parsed, and an invalid one is never shown', () => {
  expect(readConfig({ REDIS_URL: 'redis://:secret@cache/1' }).REDIS_URL).toMatchObject({
    host: 'cache',
    database: 1,
  });
  const read = () => readConfig({ REDIS_URL: 'redis://user:secret@cache/shop' });
  expect(read).toThrow('REDIS_URL: should end with the number of a database');
  expect(read).not.toThrow('secret');
});

test.each([
  'k'.repeat(31),
  'k'.repeat(513),
  `${'k'.repeat(40)} k`,
  `${'k'.repeat(40)}\n`,
  'ключ'.repeat(10),
])('the operator’s key %j is refused, and not shown', (ADMIN_API_KEY) => {
  const fault = faultOf({ ADMIN_API_KEY });
  expect(fault).toMatch('ADMIN_API_KEY: should be 32 to 512 visible ASCII characters');
  expect(fault).not.toMatch(ADMIN_API_KEY);
});

test.each([32, 512])('the operator’s key can have %i characters', (length) => {
  const ADMIN_API_KEY = 'k'.repeat(length);
  expect(readConfig({ ADMIN_API_KEY })).toMatchObject({ ADMIN_API_KEY });
});

describe('sentinels', () => {
  const sentinels = { REDIS_SENTINELS: '10.0.0.1,10.0.0.2:1', REDIS_SENTINEL_NAME: 'catalog' };
  const address = {
    kind: 'sentinels',
    name: 'catalog',
    sentinels: [
      { host: '10.0.0.1', port: 26_379 },
      { host: '10.0.0.2', port: 1 },
    ],
    tls: false,
    sentinelTls: false,
    database: 0,
  };

  test('name the server; the rest is that of REDIS_URL', () => {
    expect(readConfig(sentinels).REDIS_URL).toEqual(address);
    const settings = {
      ...sentinels,
      REDIS_URL: 'rediss://shop:one@any/3',
      REDIS_SENTINEL_PASSWORD: 'two',
      REDIS_SENTINEL_TLS: 'true',
    };
    expect(readConfig(settings).REDIS_URL).toEqual({
      ...address,
      tls: true,
      sentinelTls: true,
      database: 3,
      credentials: { username: 'shop', password: 'one' },
      sentinelCredentials: { username: 'default', password: 'two' },
    });
  });

  test.each([
    [{ REDIS_SENTINELS: '10.0.0.1' }, /^ {2}REDIS_SENTINEL_NAME: should be set, as/m],
    [{ REDIS_SENTINEL_NAME: 'a' }, /^ {2}REDIS_SENTINEL_NAME: should be set only with REDIS_SENT/m],
    [{ REDIS_SENTINEL_PASSWORD: 'secret' }, /^ {2}REDIS_SENTINEL_PASSWORD: should be set only/m],
    [{ REDIS_SENTINEL_TLS: 'true' }, /^ {2}REDIS_SENTINEL_TLS: should be set only with REDIS_S/m],
    [{ REDIS_SENTINEL_USER: 'a' }, /^ {2}REDIS_SENTINEL_PASSWORD: should be set, as/m],
    [{ ...sentinels, REDIS_SENTINEL_NAME: 'my catalog' }, /^ {2}REDIS_SENTINEL_NAME: .* letters/m],
    [
      { ...sentinels, REDIS_URL: 'unix:///run/redis.sock' },
      /^ {2}REDIS_URL: .* redis:\/\/ or red/m,
    ],
    [{ ...sentinels, REDIS_SENTINELS: 'user:secret@a' }, /^ {2}REDIS_SENTINELS: .* without redis/m],
    [{ ...sentinels, REDIS_SENTINEL_TLS: 'secret' }, /^ {2}REDIS_SENTINEL_TLS: should be true or/m],
  ])('%j is refused, and nothing of it is shown', (settings, fault) => {
    expect(faultOf(settings)).toMatch(fault);
    expect(faultOf(settings)).not.toMatch('secret');
  });

  test('have their faults in the same report as all others', () => {
    const fault = faultOf({ PORT: 'a', REDIS_SENTINELS: '', REDIS_SENTINEL_NAME: 'a' });
    expect(fault).toMatch(/PORT: .*\n {2}REDIS_SENTINEL_NAME: /);
  });
});

test.each(['0', '-1', '1.5', 'all', '1025'])('%s is not a number of workers', (WORKERS) => {
  expect(faultOf({ WORKERS })).toMatch('WORKERS: should be auto or a whole number from 1 to 1024');
});

test('a configuration cannot be changed', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
});
