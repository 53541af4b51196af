import { DriverAdapterError, isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { StandbyServerError } from '../errors/server-errors.js';

/** What the adapter's error says about a connection. */
type ConnectionFault =
  | 'TooManyConnections'
  | 'ConnectionClosed'
  | 'DatabaseNotReachable'
  | 'SocketTimeout';

/** By the beginning of the message; the driver gives these errors no code. */
const faultByMessage: readonly (readonly [string, ConnectionFault])[] = [
  // The pool's: no connection became free in time.
  ['timeout exceeded when trying to connect', 'TooManyConnections'],
  ['Connection terminated due to connection timeout', 'SocketTimeout'],
  ['Connection terminated', 'ConnectionClosed'],
  ['Query read timeout', 'SocketTimeout'],
  ['Client has encountered a connection error', 'ConnectionClosed'],
  ['Client was closed', 'ConnectionClosed'],
  ['The server does not support SSL', 'DatabaseNotReachable'],
  ['There was an error establishing an SSL', 'DatabaseNotReachable'],
  // The password is missing, or the server did not prove that it knows it.
  ['SASL', 'DatabaseNotReachable'],
];

/**
 * Translates an error of the pool or the connection, which the adapter passes on as it is, into one
 * of the adapter's. Returns any other error unchanged.
 */
export function asAdapterError(error: unknown): unknown {
  if (!(error instanceof Error) || isDriverAdapterError(error)) {
    return error;
  }
  const fault = faultOf(error);
  if (fault === undefined) {
    return error;
  }
  const originalMessage = error.message || ('code' in error ? String(error.code) : error.name);
  return new DriverAdapterError(
    fault === 'TooManyConnections'
      ? { kind: fault, cause: originalMessage, originalMessage }
      : { kind: fault, originalMessage },
  );
}

function faultOf(error: Error): ConnectionFault | undefined {
  if (error instanceof StandbyServerError) {
    return 'DatabaseNotReachable';
  }
  const known = faultByMessage.find(([beginning]) => error.message.startsWith(beginning));
  if (known !== undefined) {
    return known[1];
  }
  // An error of the operating system, such as EPIPE or EHOSTUNREACH; several of them, for a host
  // with several addresses; or an invalid certificate.
  const isOfConnection =
    'syscall' in error ||
    error instanceof AggregateError ||
    ('code' in error && /CERT|TLS|SSL/.test(String(error.code)));
  return isOfConnection ? 'DatabaseNotReachable' : undefined;
}
