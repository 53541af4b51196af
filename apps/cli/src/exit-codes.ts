import { CommanderError } from '@commander-js/extra-typings';
import {
  ChangesExpiredError,
  ConnectionError,
  ForbiddenError,
  InsufficientStockError,
  NotFoundError,
  PreconditionFailedError,
  RateLimitError,
  RequestRejectedError,
  ServerError,
  StockChangedError,
  StockOverflowError,
  TimeoutError,
  UnauthorizedError,
  ValidationError,
} from '@product-api/client';
import {
  FailedLinesError,
  InterruptedError,
  MissingProductsError,
  RefusedChangeError,
  ReportedError,
  UsageError,
} from './errors.js';
import { isBrokenPipe } from './output/write.js';
import { UnconfirmedWriteError } from './requests/unconfirmed-write.js';

/** The exit codes, with the meanings that `--help` shows. */
export const exitCodes = {
  ok: { code: 0, meaning: 'success' },
  unexpected: { code: 1, meaning: 'any other error' },
  usage: { code: 2, meaning: 'the command line is invalid' },
  notFound: { code: 3, meaning: 'there is no such product, version or API key' },
  validation: { code: 4, meaning: 'the service rejected the request, or lines of it' },
  preconditionFailed: {
    code: 5,
    meaning: 'the product has changed since the --if-match tag',
  },
  connection: { code: 6, meaning: 'no connection to the service, or no response in time' },
  server: { code: 7, meaning: 'the service failed' },
  refused: { code: 8, meaning: 'the stock does not allow the adjustment' },
  unauthorized: { code: 9, meaning: 'a valid API key is needed: catalog login' },
  forbidden: { code: 10, meaning: 'the API key does not have the scope' },
  rateLimited: { code: 11, meaning: 'too many requests: the service says to wait' },
  expired: { code: 12, meaning: 'the feed of changes cannot go on from this cursor' },
  refusedChange: { code: 13, meaning: 'the receiver of --forward-to refused a change' },
  interrupted: { code: 130, meaning: 'interrupted (Ctrl-C)' },
} as const;

/** The name of an exit code. */
export type Exit = keyof typeof exitCodes;

/** Returns the exit code for an error. */
export function exitAfter(error: unknown): Exit {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 'ok' : 'usage';
  }
  if (error instanceof UnconfirmedWriteError || error instanceof ReportedError) {
    return exitAfter(error.cause);
  }
  // The reader of the output closed the pipe (`| head`), which is normal.
  if (isBrokenPipe(error)) {
    return 'ok';
  }
  return exits.find(([errorClass]) => error instanceof errorClass)?.[1] ?? 'unexpected';
}

const exits = [
  [UsageError, 'usage'],
  [NotFoundError, 'notFound'],
  [MissingProductsError, 'notFound'],
  [ValidationError, 'validation'],
  [FailedLinesError, 'validation'],
  [PreconditionFailedError, 'preconditionFailed'],
  [ConnectionError, 'connection'],
  [TimeoutError, 'connection'],
  [ServerError, 'server'],
  [InsufficientStockError, 'refused'],
  [StockChangedError, 'refused'],
  [StockOverflowError, 'refused'],
  [UnauthorizedError, 'unauthorized'],
  [ForbiddenError, 'forbidden'],
  [RateLimitError, 'rateLimited'],
  [ChangesExpiredError, 'expired'],
  [RefusedChangeError, 'refusedChange'],
  [RequestRejectedError, 'validation'],
  [InterruptedError, 'interrupted'],
] as const;
