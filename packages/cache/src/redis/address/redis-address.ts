import { isIP } from 'node:net';
import type { RedisOptions } from 'ioredis';

/** Where a Redis server is, and how to log in there. */
export type RedisAddress = (RedisHost | RedisSocket) & {
  /** Absent: nobody logs in. */
  readonly credentials?: RedisCredentials;
  /** The number of the database. */
  readonly database: number;
};

/** A server that is reached by TCP. */
export interface RedisHost {
  readonly kind: 'host';
  /** A host name or an IP address; an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** A server on this machine that is reached by a unix socket. */
export interface RedisSocket {
  readonly kind: 'socket';
  readonly path: string;
}

/** A user of Redis; `default` where only a password is known. */
export interface RedisCredentials {
  readonly username: string;
  readonly password: string;
}

/** Returns the address as text without its credentials, for people and logs. */
export function printRedisAddress(address: RedisAddress): string {
  const { database } = address;
  if (address.kind === 'socket') {
    return `unix://${address.path}${database === 0 ? '' : `?db=${database}`}`;
  }
  const { host, port, tls } = address;
  const name = isIP(host) === 6 ? `[${host}]` : host;
  return `${tls ? 'rediss' : 'redis'}://${name}:${port}${database === 0 ? '' : `/${database}`}`;
}

/** The options of ioredis that follow from an address. */
type ConnectionOptions = Pick<
  RedisOptions,
  'host' | 'port' | 'path' | 'tls' | 'username' | 'password' | 'db'
>;

/** Returns the options by which ioredis connects to an address. */
export function connectionOptions(address: RedisAddress): ConnectionOptions {
  return { ...endpoint(address), ...address.credentials, db: address.database };
}

function endpoint(address: RedisAddress): ConnectionOptions {
  if (address.kind === 'socket') {
    return { path: address.path };
  }
  const { host, port, tls } = address;
  // A server that several names lead to chooses its certificate by the name; an IP address is not a name.
  return { host, port, ...(tls && { tls: isIP(host) === 0 ? { servername: host } : {} }) };
}
