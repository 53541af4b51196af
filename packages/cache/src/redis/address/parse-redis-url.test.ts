import { describe, expect, test } from 'vitest';
import { parseRedisUrl, RedisAddressError } from './parse-redis-url.js';
import { connectionOptions, formatRedisAddress } from './redis-address.js';

const host = { kind: 'host', host: 'cache', port: 6379, tls: false, database: 0 };

describe('the URL of a Redis server', () => {
  test.each([
    ['redis://cache', host],
    ['redis://cache/', host],
    ['REDIS://cache:6380', { ...host, port: 6380 }],
    ['rediss://cache/15', { ...host, tls: true, database: 15 }],
    ['REDISS://Cache.example', { ...host, host: 'Cache.example', tls: true }],
    ['redis://cache:65535', { ...host, port: 65_535 }],
    ['redis://127.0.0.1:1/007', { ...host, host: '127.0.0.1', port: 1, database: 7 }],
    ['redis://[::1]:6380/2', { ...host, host: '::1', port: 6380, database: 2 }],
    ['redis://[fe80::1]', { ...host, host: 'fe80::1' }],
    ['redis://my_redis-1', { ...host, host: 'my_redis-1' }],
    ['redis://:word@cache', { ...host, credentials: { username: 'default', password: 'word' } }],
    ['redis://u:p@ss@cache', { ...host, credentials: { username: 'u', password: 'p@ss' } }],
    ['redis://u:a:b@cache', { ...host, credentials: { username: 'u', password: 'a:b' } }],
    [
      'redis://sh%6Fp:%2F%3F%23%40%25%C3%BC@cache:1/3',
      { ...host, port: 1, database: 3, credentials: { username: 'shop', password: '/?#@%ü' } },
    ],
    ['unix:///run/redis.sock', { kind: 'socket', path: '/run/redis.sock', database: 0 }],
    ['UNIX:///run/a%20b?db=3', { kind: 'socket', path: '/run/a b', database: 3 }],
    [
      'unix://:word@/run/redis.sock?db=0',
      {
        kind: 'socket',
        path: '/run/redis.sock',
        database: 0,
        credentials: { username: 'default', password: 'word' },
      },
    ],
  ])('%s is parsed', (url, address) => {
    expect(parseRedisUrl(url)).toEqual(address);
  });

  test.each([
    ['', 'start with redis://'],
    ['cache:6379', 'start with redis://'],
    ['redis:cache', 'start with redis://'],
    ['http://cache', 'start with redis://'],
    ['redis+unix:///run/redis.sock', 'unix:///run/redis.sock'],
    [' redis://cache', 'white space'],
    ['redis://cache\n', 'white space'],
    ['redis://ca\tche', 'white space'],
    ['redis://cache/ 1', 'white space'],
    ['redis://ca\u0000che', 'control characters'],
    ['redis://', 'name a host'],
    ['redis:///0', 'name a host'],
    ['redis://:6379', 'name a host'],
    ['redis://:word@', 'name a host'],
    ['redis://:word@:6379/1', 'name a host'],
    ['redis:///run/redis.sock', 'unix:///run/redis.sock'],
    ['redis://a:1,b:2', 'one host'],
    ['redis://a,b', 'letters, digits'],
    ['redis://%63ache', 'letters, digits'],
    ['redis://bücher', 'letters, digits'],
    ['redis://ca\\che', 'letters, digits'],
    ['redis://::1', 'brackets'],
    ['redis://[::1', 'brackets'],
    ['redis://[cache]', 'brackets'],
    ['redis://[::1]6379', 'brackets'],
    ['redis://cache:', 'port from 1 to 65535'],
    ['redis://cache:0', 'port from 1 to 65535'],
    ['redis://cache:65536', 'port from 1 to 65535'],
    ['redis://cache:99999999', 'port from 1 to 65535'],
    ['redis://cache:-1', 'port from 1 to 65535'],
    ['redis://cache:1e3', 'port from 1 to 65535'],
    ['redis://cache:port', 'port from 1 to 65535'],
    ['redis://cache/shop', 'number of a database'],
    ['redis://cache/0/1', 'number of a database'],
    ['redis://cache/1/', 'number of a database'],
    ['redis://cache//', 'number of a database'],
    ['redis://cache/-1', 'number of a database'],
    ['redis://cache/1.5', 'number of a database'],
    ['redis://cache/NaN', 'number of a database'],
    ['redis://cache/2147483648', 'number of a database'],
    ['redis://cache/99999999999', 'number of a database'],
    ['redis://cache?db=1', 'no parameters'],
    ['redis://cache?', 'no parameters'],
    ['redis://cache/1?enableOfflineQueue=true', 'no parameters'],
    ['redis://cache#1', 'no #'],
    ['redis://user@cache', 'password behind the user'],
    ['redis://user:@cache', 'password behind the user'],
    ['redis://:@cache', 'password behind the user'],
    ['redis://@cache', 'password behind the user'],
    ['redis://user:50%@cache', '%25'],
    ['redis://user:%ff@cache', '%25'],
    ['unix://run/redis.sock', 'absolute path'],
    ['unix://', 'absolute path'],
    ['unix:///', 'absolute path'],
    ['unix:///run/', 'absolute path'],
    ['unix:///run/redis%00sock', 'absolute path'],
    ['unix:///run/redis.sock?', 'no parameter but db'],
    ['unix:///run/redis.sock?db=', 'no parameter but db'],
    ['unix:///run/redis.sock?tls=true', 'no parameter but db'],
    ['unix:///run/redis.sock?db=1&db=2', 'number of a database'],
    ['unix:///run/redis.sock?db=shop', 'number of a database'],
  ])('%j is refused', (url, expectation) => {
    const parse = () => parseRedisUrl(url);
    expect(parse).toThrow(RedisAddressError);
    expect(parse).toThrow(expectation);
  });

  test.each([
    'redis://user:secret/word@cache',
    'redis://user:secret?word@cache',
    'redis://user:secret#word@cache',
    'redis://user:secret%word@cache',
    'redis://user:secret word@cache',
    'redis://secret@cache',
    'redis://secret:@cache',
    'redis://user:secret@cache:port',
    'redis://user:secret@ca,che',
    'redis://user:secret@cache/shop',
    'redis://user:secret@cache?a=b',
    'redis:/user:secret@cache',
    'user:secret@cache',
  ])('%s is refused, and the message does not show the password', (url) => {
    expect(() => parseRedisUrl(url)).toThrow(RedisAddressError);
    expect(() => parseRedisUrl(url)).not.toThrow(/secret/);
  });
});

test.each([
  ['redis://user:secret@cache', 'redis://cache:6379'],
  ['rediss://cache:1/2', 'rediss://cache:1/2'],
  ['redis://[::1]', 'redis://[::1]:6379'],
  ['unix://u:secret@/run/r.sock?db=0', 'unix:///run/r.sock'],
  ['unix:///run/r.sock?db=4', 'unix:///run/r.sock?db=4'],
])('%s is printed as %s', (url, text) => {
  expect(formatRedisAddress(parseRedisUrl(url))).toBe(text);
});

test('a host name is sent to a server with TLS, and an IP address is not', () => {
  expect(connectionOptions(parseRedisUrl('rediss://cache'))).toMatchObject({
    tls: { servername: 'cache' },
  });
  expect(connectionOptions(parseRedisUrl('rediss://[::1]'))).toMatchObject({
    host: '::1',
    tls: {},
  });
});
