import type { Request } from 'express';
import { expect, test } from 'vitest';
import { clientAddress } from './client-address.js';

function addressOf(direct: string, forwarded?: string, proxies = 0): string {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  // The function uses only these two fields.
  return clientAddress(proxies)({ headers, socket: { remoteAddress: direct } } as Request);
}

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:0:7:1:2:3:4', '2001:db8:0:7::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:0:7::', '2001:db8:0:7::/64'],
  ['2001:0DB8:0000:0007::192.0.2.1', '2001:db8:0:7::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('the client of %s is %s', (direct, client) => {
  expect(addressOf(direct)).toBe(client);
});

test.each([
  ['no trusted proxy', 0, '198.51.100.9', '192.0.2.1'],
  ['one, which added the client', 1, '198.51.100.9', '198.51.100.9'],
  ['one, behind what the client wrote', 1, '10.9.9.9, 198.51.100.9', '198.51.100.9'],
  ['two', 2, '10.9.9.9, 198.51.100.9, 203.0.113.5', '198.51.100.9'],
  ['two, but one entry', 2, '198.51.100.9', '198.51.100.9'],
  ['one, with a port', 1, '198.51.100.9:4711', '198.51.100.9'],
  ['one, with a port after IPv6', 1, '[2001:db8::1]:443', '2001:db8:0:0::/64'],
  ['one, with an entry that is not an address', 1, '198.51.100.9, unknown', '192.0.2.1'],
  ['two, with an entry that is not an address', 2, '<script>, 198.51.100.9', '198.51.100.9'],
  ['one, and an empty header', 1, '', '192.0.2.1'],
])('X-Forwarded-For with %s', (_, proxies, forwarded, client) => {
  expect(addressOf('192.0.2.1', forwarded, proxies)).toBe(client);
});
