import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import type { DatabaseFailure } from '../database.js';
import { UnusableDatabaseError } from '../errors/database-errors.js';
import { Prisma } from '../generated/sqlite/client.js';

/** By SQLite's primary result code: https://www.sqlite.org/rescode.html#primary_result_code_list */
const failureByCode: Readonly<Record<number, DatabaseFailure>> = {
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
 * SQLITE_IOERR_WRITE, _FSYNC, _TRUNCATE and _SHMSIZE. SQLite reports SQLITE_FULL only for ENOSPC;
 * it reports an exhausted quota (EDQUOT) or file size limit (EFBIG) with these codes.
 */
const failedWriteCodes: ReadonlySet<number> = new Set([778, 1034, 1546, 4874]);

/** An extended result code has the primary code in its lowest eight bits. */
const PRIMARY_CODE_MASK = 0xff;

/**
 * Classifies an error of Prisma, its libSQL adapter or the driver; returns undefined for any other
 * error.
 */
export function sqliteFailure(error: unknown): DatabaseFailure | undefined {
  if (error instanceof UnusableDatabaseError) {
    return 'unusable';
  }
  const code = resultCode(error);
  if (code === undefined) {
    return undefined;
  }
  return failedWriteCodes.has(code) ? 'full' : failureByCode[code & PRIMARY_CODE_MASK];
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
  return 'rawCode' in error && error.rawCode !== undefined
    ? Number(error.rawCode)
    : codeOfFailedConnection(error);
}

/** When the driver cannot open a file, only the error message has the code. */
function codeOfFailedConnection({ message }: Error): number | undefined {
  const code = /^ConnectionFailed\(.*: (\d+)"\)$/.exec(message)?.[1];
  return code === undefined ? undefined : Number(code);
}
