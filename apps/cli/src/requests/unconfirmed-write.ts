import { randomUUID } from 'node:crypto';
import { ConnectionError, ServerError, TimeoutError } from '@product-api/client';
import { InterruptedError } from '../errors.js';

/** A write ended without a response that says whether it was made. The cause says why. */
export class UnconfirmedWriteError extends Error {
  override readonly name = 'UnconfirmedWriteError';
  override readonly cause: unknown;
  readonly idempotencyKey: string;

  constructor(cause: unknown, idempotencyKey: string) {
    super('The write may have been made');
    this.cause = cause;
    this.idempotencyKey = idempotencyKey;
  }
}

/** Returns whether a write that ended with this error may have been made. */
export function isUnconfirmed(error: unknown): boolean {
  return unconfirmed.some((errorClass) => error instanceof errorClass);
}

const unconfirmed = [ConnectionError, TimeoutError, ServerError, InterruptedError];

/**
 * Runs a write with the key of the command line, or else with a new one.
 *
 * @throws {UnconfirmedWriteError} when the write may have been made
 * @throws {Error} when it was refused: the error of the SDK
 */
export async function writeWithKey<Result>(
  givenKey: string | undefined,
  write: (idempotencyKey: string) => PromiseLike<Result>,
): Promise<Result> {
  const idempotencyKey = givenKey ?? randomUUID();
  try {
    return await write(idempotencyKey);
  } catch (error) {
    if (isUnconfirmed(error)) {
      throw new UnconfirmedWriteError(error, idempotencyKey);
    }
    throw error;
  }
}
