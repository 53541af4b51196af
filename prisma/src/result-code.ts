import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { Prisma } from './generated/client.js';

// https://www.sqlite.org/rescode.html: an extended code has the primary one in its lowest eight bits.
const PRIMARY_CODE = 0xff;

/** SQLite's primary result code, out of an error of Prisma, of its adapter or of the driver. */
export function primaryResultCode(error: unknown): number {
  return (extendedResultCode(error) ?? 0) & PRIMARY_CODE;
}

function extendedResultCode(error: unknown): number | undefined {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    return extendedResultCode(error.meta?.['driverAdapterError']);
  }
  if (!(error instanceof Error)) return undefined;
  if (isDriverAdapterError(error)) return Number(error.cause.originalCode);
  return 'rawCode' in error ? Number(error.rawCode) : undefined;
}
