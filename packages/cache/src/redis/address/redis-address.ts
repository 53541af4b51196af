import { isIP } from 'node:net';
import type { RedisOptions } from 'ioredis';

/** The address of a Redis server, with optional credentials. */
export type RedisAddress = (RedisHost | RedisSocket) & {
  /** If absent, the client does not authenticate. */
  readonly credentials?: RedisCredentials;
  /** The number of the Redis database. */
  readonly database: number;
};

/** A server that is reached over TCP. */
export interface RedisHost {
  readonly kind: 'host';
  /** A host name or an IP address; an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** A server on the same machine that is reached over a Unix socket. */
export interface RedisSocket {
  readonly kind: 'socket';
  readonly path: string;
}

/** The credentials of a Redis user. */
export interface RedisCredentials {
  /** `default` if only a password was given. */
  readonly username: string;
  readonly password: string;
}

/** Returns the address as a URL without credentials, for logs and messages. */
export function formatRedisAddress(address: RedisAddress): string {
  const { database } = address;
  if (address.kind === 'socket') {
    return `unix://${address.path}${database === 0 ? '' : `?db=${database}`}`;
  }
  const { host, port, tls } = address;
  const name = isIP(host) === 6 ? `[${host}]` : host;
  return `${tls ? 'rediss' : 'redis'}://${name}:${port}${database === 0 ? '' : `/${database}`}`;
}

/** The ioredis options that depend on the address. */
type ConnectionOptions = Pick<
  RedisOptions,
  'host' | 'port' | 'path' | 'tls' | 'username' | 'password' | 'db'
>;

/** Returns the ioredis options for an address. */
export function connectionOptions(address: RedisAddress): ConnectionOptions {
  return { ...endpoint(address), ...address.credentials, db: address.database };
}

function endpoint(address: RedisAddress): ConnectionOptions {
  if (address.kind === 'socket') {
    return { path: address.path };
  }
  const { host, port, tls } = address;
  // A server with several names selects its certificate by SNI; an IP address is not allowed there.
  return { host, port, ...(tls && { tls: isIP(host) === 0 ? { servername: host } : {} }) };
}
