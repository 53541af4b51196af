import { CommanderError } from '@commander-js/extra-typings';
import {
  ConnectionError,
  NotFoundError,
  PreconditionFailedError,
  ServerError,
  TimeoutError,
  ValidationError,
} from '@product-api/client';
import { InterruptedError } from './interrupted-error.js';
import { UsageError } from './usage-error.js';
import { isBrokenPipe } from './write.js';

/** How the command can end, with the sentences that `--help` shows. */
export const exitCodes = {
  ok: { code: 0, meaning: 'done' },
  unexpected: { code: 1, meaning: 'any other failure' },
  usage: { code: 2, meaning: 'the command line is wrong' },
  notFound: { code: 3, meaning: 'no product has this id' },
  validation: { code: 4, meaning: 'the service found faults in the request' },
  preconditionFailed: {
    code: 5,
    meaning: 'the product is no longer the one that --if-match names',
  },
  connection: { code: 6, meaning: 'the service cannot be reached, or does not answer in time' },
  server: { code: 7, meaning: 'the service failed' },
  interrupted: { code: 130, meaning: 'interrupted (Ctrl-C)' },
} as const;

/** One of the ways to end. */
export type Exit = keyof typeof exitCodes;

/** How the command ends after an error. */
export function exitAfter(error: unknown): Exit {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 'ok' : 'usage';
  }
  // Who reads the output has had enough of it (`| head`): nothing is wrong.
  if (isBrokenPipe(error)) {
    return 'ok';
  }
  return exits.find(([errorClass]) => error instanceof errorClass)?.[1] ?? 'unexpected';
}

const exits = [
  [UsageError, 'usage'],
  [NotFoundError, 'notFound'],
  [ValidationError, 'validation'],
  [PreconditionFailedError, 'preconditionFailed'],
  [ConnectionError, 'connection'],
  [TimeoutError, 'connection'],
  [ServerError, 'server'],
  [InterruptedError, 'interrupted'],
] as const;
