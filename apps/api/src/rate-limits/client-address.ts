import { isIP, isIPv6 } from 'node:net';
import type { Request } from 'express';

/** Returns the address that a request counts for. */
export type ClientAddress = (request: Pick<Request, 'headers' | 'socket'>) => string;

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** An address in `X-Forwarded-For`; some proxies add a port: `192.0.2.1:80`, `[2001:db8::1]:80`. */
const FORWARDED = /^\s*(?:\[([^\]]*)\](?::\d+)?|([\d.]+)(?::\d+)?|([\da-f:.]+))\s*$/i;

/**
 * Creates the function that finds the address of a client. Each trusted proxy adds the address that
 * it got the request from to the end of `X-Forwarded-For`, so the entry that the farthest of them
 * added is the client. What a client wrote into that header itself is further left, and not used.
 *
 * @param proxies the number of proxies in front of the service; with 0 the header is not used
 */
export function clientAddress(proxies: number): ClientAddress {
  return ({ headers, socket }) => {
    const direct = socket.remoteAddress ?? '';
    const forwarded = headers['x-forwarded-for'];
    return proxies === 0 || forwarded === undefined
      ? network(direct)
      : network(farthest(String(forwarded), proxies, direct));
  };
}

/**
 * Returns the entry that the farthest trusted proxy added. If there are fewer entries, or one is
 * not an address, returns the last one before it.
 */
function farthest(forwarded: string, proxies: number, direct: string): string {
  let address = direct;
  let end = forwarded.length;
  for (let proxy = 0; proxy < proxies && end > 0; proxy++) {
    const comma = forwarded.lastIndexOf(',', end - 1);
    const [, bracketed, ipv4, ipv6] = FORWARDED.exec(forwarded.slice(comma + 1, end)) ?? [];
    const entry = bracketed ?? ipv4 ?? ipv6 ?? '';
    if (isIP(entry) === 0) {
      return address;
    }
    address = entry;
    end = comma;
  }
  return address;
}

/**
 * Returns what counts as one client: an IPv4 address, or the /64 of an IPv6 address, because a
 * subscriber usually has a whole one. An IPv4 address that is mapped to IPv6 is that IPv4 address.
 */
function network(address: string): string {
  if (!address.includes(':')) {
    return address;
  }
  const [, mapped] = MAPPED_IPV4.exec(address) ?? [];
  if (mapped !== undefined) {
    return mapped;
  }
  // A link-local address may have a zone: fe80::1%eth0.
  const [plain = ''] = address.split('%');
  return isIPv6(plain) ? `${groups(plain).slice(0, 4).join(':')}::/64` : plain;
}

/** Returns the first groups of an IPv6 address, at least four of them, without leading zeros. */
function groups(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const split = (text: string) => (text === '' ? [] : text.split(':'));
  const [left, right] = [split(head), split(tail ?? '')];
  // An IPv4 address at the end stands for two groups.
  const length = left.length + right.length + (address.includes('.') ? 1 : 0);
  const zeros = tail === undefined ? [] : new Array<string>(8 - length).fill('0');
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16).toString(16));
}
