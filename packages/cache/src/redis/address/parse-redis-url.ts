import { isIPv6 } from 'node:net';
import type { RedisAddress, RedisCredentials } from './redis-address.js';

/**
 * The text is not an address of Redis. The message says what is expected. It shows no part of the
 * text, because a mistyped address may contain the password anywhere.
 */
export class RedisAddressError extends Error {
  override readonly name = 'RedisAddressError';
}

const DEFAULT_PORT = 6379;

/** The largest number of a database: `databases` in Redis's configuration is a C int. */
const MAX_DATABASE = 2 ** 31 - 1;

/** The parts of a URL by RFC 3986. As in browsers, the last `@` ends the credentials. */
const URL_PARTS =
  /^(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?:(?<login>[^/?#]*)@)?(?<server>[^/?#]*)(?<path>\/[^?#]*)?(?<query>\?[^#]*)?(?<fragment>#.*)?$/i;

/**
 * Parses the URL of a Redis server:
 * - `redis://user:password@host:port/database`, or `rediss://` for TLS. Only the host is required.
 *   The default port is 6379, and the default database 0. A password without a user (`:password@`)
 *   belongs to the user `default`.
 * - `unix:///path/to/socket?db=database`, optionally with `user:password@` before the path.
 *
 * User, password and path are percent-decoded.
 *
 * @throws {RedisAddressError} when the text is anything else.
 */
export function parseRedisUrl(url: string): RedisAddress {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern searches for them.
  if (/[\s\u0000-\u001f\u007f]/.test(url)) {
    throw new RedisAddressError('should have no white space and no control characters');
  }
  const parts = URL_PARTS.exec(url)?.groups ?? {};
  const scheme = parts['scheme']?.toLowerCase();
  if (scheme !== 'redis' && scheme !== 'rediss' && scheme !== 'unix') {
    throw new RedisAddressError(
      'should start with redis://, rediss:// (TLS) or unix:// (a socket: unix:///run/redis.sock)',
    );
  }
  if (parts['fragment'] !== undefined) {
    throw new RedisAddressError('should have no #; in a user or password write it as %23');
  }
  const { login, server = '', path = '', query = '' } = parts;
  const credentials = login === undefined ? {} : { credentials: parseLogin(login) };
  return scheme === 'unix'
    ? { ...parseSocket(server, path, query), ...credentials }
    : { ...parseServer(server, path, query), tls: scheme === 'rediss', ...credentials };
}

function parseLogin(login: string): RedisCredentials {
  const colon = login.indexOf(':');
  if (colon === -1 || colon === login.length - 1) {
    throw new RedisAddressError(
      'should have a password behind the user: user:password@, or :password@ for the default user',
    );
  }
  return {
    username: decode(login.slice(0, colon)) || 'default',
    password: decode(login.slice(colon + 1)),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RedisAddressError('should have each % of a user, password or path written as %25');
  }
}

function parseSocket(server: string, path: string, query: string) {
  const socket = decode(path);
  // Node refuses to connect to a path that contains NUL.
  if (server !== '' || socket === '' || socket.endsWith('/') || socket.includes('\0')) {
    throw new RedisAddressError(
      'should have the absolute path of a socket: unix:///run/redis.sock',
    );
  }
  const [, database = ''] = /^\?db=(.*)$/.exec(query) ?? [];
  if (query !== '' && database === '') {
    throw new RedisAddressError('should have no parameter but db behind a socket: ?db=1');
  }
  return {
    kind: 'socket',
    path: socket,
    database: parseDatabase(database),
  } as const;
}

function parseServer(server: string, path: string, query: string) {
  if (query !== '') {
    throw new RedisAddressError(
      'should have no parameters (?…): the service sets the options of the connection; in a user or password write ? as %3F',
    );
  }
  const { host, port } = splitServer(server, path);
  return {
    kind: 'host',
    host,
    port: parsePort(port),
    database: parseDatabase(path.slice(1)),
  } as const;
}

function splitServer(server: string, path: string): { host: string; port: string | undefined } {
  const [, bracketed, name, port] = /^(?:\[(.*)\]|([^:]*))(?::([^:]*))?$/.exec(server) ?? [];
  if (bracketed !== undefined ? !isIPv6(bracketed) : name === undefined) {
    throw new RedisAddressError(
      'should have one host, and an IPv6 address in brackets: redis://[::1]:6379; in a user or password write / as %2F and : as %3A',
    );
  }
  const host = bracketed ?? name ?? '';
  if (host === '') {
    const hint = /\D/.test(path.slice(1)) ? '; a socket is written unix:///run/redis.sock' : '';
    throw new RedisAddressError(`should name a host: redis://127.0.0.1:6379${hint}`);
  }
  if (bracketed === undefined && !/^[a-z0-9_][a-z0-9_.-]*$/i.test(host)) {
    throw new RedisAddressError('should have a host of letters, digits, dots and hyphens');
  }
  return { host, port };
}

function parsePort(port: string | undefined): number {
  if (port === undefined) {
    return DEFAULT_PORT;
  }
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65_535) {
    throw new RedisAddressError(
      `should have a port from 1 to 65535 behind the colon, or neither for ${DEFAULT_PORT}; in a user or password write / as %2F`,
    );
  }
  return number;
}

function parseDatabase(text: string): number {
  const database = /^\d{0,10}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
  if (database > MAX_DATABASE) {
    throw new RedisAddressError(
      `should end with the number of a database from 0 to ${MAX_DATABASE}, such as /1, or with nothing for 0`,
    );
  }
  return database;
}
