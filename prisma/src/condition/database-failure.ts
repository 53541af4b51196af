import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { UnusableDatabaseError } from '../errors/unusable-database-error.js';
import { Prisma } from '../generated/client.js';

/**
 * Why a statement failed. Nothing of it happened, unless the kind says otherwise.
 *
 * - `busy`: another process held the lock for longer than the busy timeout; a retry may succeed.
 * - `constraint`: a row would break a CHECK, a unique key, or what a trigger refuses.
 * - `full`: the file system has no room: its space, a quota or a limit of the file size is used up.
 * - `read-only`: the file cannot be written by this process.
 * - `corrupt`: the file is malformed, or is not a database.
 * - `io`: the file could not be read or opened.
 * - `unusable`: a file was lost, or was found corrupt before; a write may have happened, in a file
 *   that is lost.
 */
export type DatabaseFailure =
  | 'busy'
  | 'constraint'
  | 'full'
  | 'read-only'
  | 'corrupt'
  | 'io'
  | 'unusable';

/** https://www.sqlite.org/rescode.html#primary_result_code_list */
const failures: Readonly<Record<number, DatabaseFailure>> = {
  5: 'busy',
  8: 'read-only',
  10: 'io',
  11: 'corrupt',
  13: 'full',
  14: 'io',
  19: 'constraint',
  26: 'corrupt',
};

/**
 * SQLITE_IOERR_WRITE, _FSYNC, _TRUNCATE and _SHMSIZE: SQLITE_FULL is for ENOSPC alone, so that a
 * quota (EDQUOT) or a limit of the file size (EFBIG) is reported by these.
 */
const failedWrites: ReadonlySet<number> = new Set([778, 1034, 1546, 4874]);

/** An extended code has the primary code in its lowest eight bits. */
const primaryCode = 0xff;

/** Returns the kind of a failure of Prisma, its adapter or the driver; undefined for any other error. */
export function databaseFailure(error: unknown): DatabaseFailure | undefined {
  if (error instanceof UnusableDatabaseError) {
    return 'unusable';
  }
  const code = resultCode(error);
  if (code === undefined) {
    return undefined;
  }
  return failedWrites.has(code) ? 'full' : failures[code & primaryCode];
}

function resultCode(error: unknown): number | undefined {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    return resultCode(error.meta?.['driverAdapterError']);
  }
  if (!(error instanceof Error)) {
    return undefined;
  }
  if (isDriverAdapterError(error)) {
    return Number(error.cause.originalCode);
  }
  return 'rawCode' in error ? Number(error.rawCode) : codeOfFailedConnection(error);
}

/** The driver has the code of a file that it cannot open in the message alone. */
function codeOfFailedConnection({ message }: Error): number | undefined {
  const code = /^ConnectionFailed\(.*: (\d+)"\)$/.exec(message)?.[1];
  return code === undefined ? undefined : Number(code);
}
