import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { Prisma } from './generated/client.js';

// https://www.sqlite.org/rescode.html: an extended code has the primary one in its lowest eight bits.
const BUSY = 5;
const PRIMARY_CODE = 0xff;

/**
 * Whether a statement failed because another process held the database's lock for longer than the
 * busy timeout. Nothing of it happened, and it may succeed when it is tried again.
 */
export function isBusyError(error: unknown): boolean {
  return ((resultCode(error) ?? 0) & PRIMARY_CODE) === BUSY;
}

/** SQLite's result code, out of an error of Prisma, of its adapter or of the driver. */
function resultCode(error: unknown): number | undefined {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    return resultCode(error.meta?.['driverAdapterError']);
  }
  if (!(error instanceof Error)) return undefined;
  if (isDriverAdapterError(error)) return Number(error.cause.originalCode);
  return 'rawCode' in error ? Number(error.rawCode) : undefined;
}
