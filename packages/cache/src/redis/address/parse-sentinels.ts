import { isIPv6 } from 'node:net';
import { RedisAddressError } from './parse-redis-url.js';
import { formatHost, type RedisSentinels, type SentinelHost } from './redis-address.js';

const DEFAULT_PORT = 26_379;

const MAX_PORT = 65_535;

/** A host name, an IPv4 address or an IPv6 address in brackets, and a port. */
const HOST_AND_PORT =
  /^(?:\[(?<ipv6>[^\]]*)\]|(?<name>[a-z0-9_][a-z0-9_.-]*))(?::(?<port>\d{1,5}))?$/i;

/**
 * Parses the addresses of sentinels, separated by commas: `10.0.0.1:26379,[::1]:26380,sentinel-3`.
 * The default port is 26379. White space around an address and repeated addresses are ignored.
 *
 * @throws {RedisAddressError} when an address is not valid, or there is none.
 */
export function parseSentinels(text: string): RedisSentinels['sentinels'] {
  const entries = text.split(',').map((entry) => entry.trim());
  const parsed = entries.filter((entry) => entry !== '').map(parseSentinel);
  const distinct = new Map(parsed.map((sentinel) => [formatHost(sentinel), sentinel]));
  const [first, ...others] = distinct.values();
  if (first === undefined) {
    throw new RedisAddressError('should list at least one sentinel, such as 10.0.0.1:26379');
  }
  return [first, ...others];
}

function parseSentinel(text: string): SentinelHost {
  const { ipv6, name, port = DEFAULT_PORT } = HOST_AND_PORT.exec(text)?.groups ?? {};
  const host = ipv6 ?? name;
  if (host === undefined || (ipv6 !== undefined && !isIPv6(ipv6))) {
    throw new RedisAddressError(
      'should be a list of host:port, separated by commas, without redis:// and passwords, and with an IPv6 address in brackets: 10.0.0.1:26379,[::1]:26379',
    );
  }
  if (Number(port) < 1 || Number(port) > MAX_PORT) {
    throw new RedisAddressError(
      `should have a port from 1 to ${MAX_PORT} behind each colon, or neither for ${DEFAULT_PORT}`,
    );
  }
  return { host, port: Number(port) };
}
