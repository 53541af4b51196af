import { expect, test } from 'vitest';
import { RedisAddressError } from './parse-redis-url.js';
import { parseSentinels } from './parse-sentinels.js';
import { connectionOptions, formatRedisAddress, type RedisAddress } from './redis-address.js';

test.each([
  ['10.0.0.1:26380', [{ host: '10.0.0.1', port: 26_380 }]],
  [
    'a:1,b,a:1',
    [
      { host: 'a', port: 1 },
      { host: 'b', port: 26_379 },
    ],
  ],
  ['sentinel-1', [{ host: 'sentinel-1', port: 26_379 }]],
  [
    '[::1]:1, my_host ,',
    [
      { host: '::1', port: 1 },
      { host: 'my_host', port: 26_379 },
    ],
  ],
])('%s is parsed', (text, sentinels) => {
  expect(parseSentinels(text)).toEqual(sentinels);
});

test.each([
  ['', 'at least one sentinel'],
  [' , ', 'at least one sentinel'],
  ['redis://:secret@a:1', 'without redis:// and passwords'],
  ['user:secret@a:1', 'without redis:// and passwords'],
  ['a:1;b:secret', 'separated by commas'],
  ['a b', 'separated by commas'],
  ['a:port', 'a list of host:port'],
  ['a:', 'a list of host:port'],
  ['::1', 'in brackets'],
  ['[secret]:1', 'in brackets'],
  ['a:0', 'a port from 1 to 65535'],
  ['a:1,b:65536', 'a port from 1 to 65535'],
])('%j is refused, without being shown', (text, expectation) => {
  const parse = () => parseSentinels(text);
  expect(parse).toThrow(RedisAddressError);
  expect(parse).toThrow(expectation);
  expect(parse).not.toThrow(/secret/);
});

const address: RedisAddress = {
  kind: 'sentinels',
  name: 'catalog',
  tls: false,
  database: 3,
  credentials: { username: 'shop', password: 'secret' },
  sentinels: parseSentinels('a:1,[::1]:2'),
  sentinelTls: false,
  sentinelCredentials: { username: 'default', password: 'secret' },
};

test('an address by sentinels is printed without credentials', () => {
  expect(formatRedisAddress(address)).toBe('redis://catalog/3 (sentinels a:1, [::1]:2)');
});

test('TLS is used with the primary, the sentinels or both, as the address says', () => {
  expect(connectionOptions(address)).not.toHaveProperty('tls');
  expect(connectionOptions(address)).not.toHaveProperty('sentinelTLS');
  expect(connectionOptions({ ...address, tls: true })).toMatchObject({
    tls: {},
    enableTLSForSentinelMode: true,
  });
  expect(connectionOptions({ ...address, sentinelTls: true })).toMatchObject({ sentinelTLS: {} });
});
