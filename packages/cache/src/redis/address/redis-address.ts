import { isIP } from 'node:net';
import type { RedisOptions } from 'ioredis';

/** The address of a Redis server, or of the sentinels that know it, with optional credentials. */
export type RedisAddress = (RedisHost | RedisSocket | RedisSentinels) & {
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

/** A primary that Redis Sentinel names, and that changes with each failover. */
export interface RedisSentinels {
  readonly kind: 'sentinels';
  /** The name of the primary in the configuration of the sentinels. */
  readonly name: string;
  /** Whether the primary is reached over TLS. */
  readonly tls: boolean;
  readonly sentinels: readonly [SentinelHost, ...SentinelHost[]];
  /** Whether the sentinels are reached over TLS. */
  readonly sentinelTls: boolean;
  /** If absent, the client does not authenticate at the sentinels. */
  readonly sentinelCredentials?: RedisCredentials;
}

/** The address of a sentinel. */
export interface SentinelHost {
  /** A host name or an IP address; an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
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
  const url = (server: string) =>
    `${address.tls ? 'rediss' : 'redis'}://${server}${database === 0 ? '' : `/${database}`}`;
  return address.kind === 'host'
    ? url(formatHost(address))
    : `${url(address.name)} (sentinels ${address.sentinels.map(formatHost).join(', ')})`;
}

/** Returns `host:port`, with an IPv6 address in brackets. */
export function formatHost({ host, port }: SentinelHost): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

/** The ioredis options that depend on the address. */
type ConnectionOptions = Pick<
  RedisOptions,
  | 'host'
  | 'port'
  | 'path'
  | 'tls'
  | 'username'
  | 'password'
  | 'db'
  | 'name'
  | 'sentinels'
  | 'enableTLSForSentinelMode'
  | 'sentinelTLS'
  | 'sentinelUsername'
  | 'sentinelPassword'
>;

/** Returns the ioredis options for an address. */
export function connectionOptions(address: RedisAddress): ConnectionOptions {
  return { ...endpoint(address), ...address.credentials, db: address.database };
}

function endpoint(address: RedisAddress): ConnectionOptions {
  if (address.kind === 'socket') {
    return { path: address.path };
  }
  if (address.kind === 'sentinels') {
    return sentinelEndpoint(address);
  }
  const { host, port, tls } = address;
  // A server with several names selects its certificate by SNI; an IP address is not allowed there.
  return { host, port, ...(tls && { tls: isIP(host) === 0 ? { servername: host } : {} }) };
}

function sentinelEndpoint(address: RedisSentinels): ConnectionOptions {
  const { name, sentinels, tls, sentinelTls, sentinelCredentials } = address;
  return {
    name,
    sentinels: [...sentinels],
    // The certificate must be for the host name or address that the sentinels name.
    ...(tls && { tls: {}, enableTLSForSentinelMode: true }),
    ...(sentinelTls && { sentinelTLS: {} }),
    ...(sentinelCredentials && {
      sentinelUsername: sentinelCredentials.username,
      sentinelPassword: sentinelCredentials.password,
    }),
  };
}
