import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import type { DatabaseFailure } from '../database.js';
import { UnusableDatabaseError } from '../errors/database-errors.js';
import { Prisma } from '../generated/sqlite/client.js';

/**
 * By SQLSTATE, or by its class, the first two characters:
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const failureByState: Readonly<Record<string, DatabaseFailure>> = {
  '08': 'unreachable',
  // Such as a NUL, which JSON can carry and a text cannot.
  '22': 'constraint',
  '23': 'constraint',
  '25006': 'read-only',
  '28': 'unreachable',
  '3D000': 'unreachable',
  '40001': 'busy',
  '40P01': 'busy',
  '53100': 'full',
  '53200': 'busy',
  '53300': 'busy',
  '55P03': 'busy',
  '57014': 'busy',
  '57P01': 'unreachable',
  '57P02': 'unreachable',
  '57P03': 'unreachable',
  '57P05': 'unreachable',
  '58030': 'io',
  XX001: 'corrupt',
  XX002: 'corrupt',
};

const CLASS_LENGTH = 2;

/** By the adapter's kind of error, for errors without a SQLSTATE. */
const failureByKind: Readonly<Record<string, DatabaseFailure>> = {
  DatabaseNotReachable: 'unreachable',
  ConnectionClosed: 'unreachable',
  SocketTimeout: 'unreachable',
  TlsConnectionError: 'unreachable',
  TooManyConnections: 'busy',
};

/** By the adapter's kind of error, for errors whose message the adapter drops. */
const textByKind: Readonly<Record<string, string>> = {
  DatabaseNotReachable: 'no server accepts connections there, or the host has no address',
  ConnectionClosed: 'the connection was closed',
  SocketTimeout: 'the server did not reply in time',
};

/** Classifies an error of Prisma or its adapter; returns undefined for any other error. */
export function postgresqlFailure(error: unknown): DatabaseFailure | undefined {
  if (error instanceof UnusableDatabaseError) {
    return 'unusable';
  }
  const cause = adapterCause(error);
  if (cause === undefined) {
    return undefined;
  }
  const state = cause.originalCode;
  return state === undefined
    ? failureByKind[cause.kind]
    : (failureByState[state] ?? failureByState[state.slice(0, CLASS_LENGTH)]);
}

/** Conflicts with other transactions: the statement was rolled back, and a retry may succeed. */
const conflictStates: ReadonlySet<string> = new Set(['40001', '40P01']);

/** Returns whether a statement failed because of a deadlock or of a serialization failure. */
export function isConflict(error: unknown): boolean {
  return conflictStates.has(sqlState(error) ?? '');
}

/** Returns whether the server did not reply within the time limit. */
export function isTimeout(error: unknown): boolean {
  return adapterCause(error)?.kind === 'SocketTimeout';
}

/** Returns the SQLSTATE of an error of the server; undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  return adapterCause(error)?.originalCode;
}

/** Returns the text of the server or of the connection about an error. */
export function failureText(error: unknown): string {
  const cause = adapterCause(error);
  if (cause === undefined) {
    return error instanceof Error ? error.message : '';
  }
  return cause.originalMessage ?? textByKind[cause.kind] ?? cause.kind;
}

interface AdapterCause {
  readonly kind: string;
  /** The SQLSTATE. */
  readonly originalCode?: string;
  readonly originalMessage?: string;
}

function adapterCause(error: unknown): AdapterCause | undefined {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    return adapterCause(error.meta?.['driverAdapterError']);
  }
  return error instanceof Error && isDriverAdapterError(error) ? error.cause : undefined;
}
