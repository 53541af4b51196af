import { type DatabaseFailure, databaseFailure } from '@product-api/database';
import type { Unavailability } from './http/error-handler.js';

const CHANGES_REFUSED: Unavailability = {
  detail: 'No changes can be stored at present; reads are served',
  retryAfterSeconds: 5,
  isLogged: true,
};

const NOT_USABLE: Unavailability = {
  detail: 'The database cannot be used at present',
  retryAfterSeconds: 30,
  isLogged: true,
};

const UNAVAILABILITIES: Readonly<Record<DatabaseFailure, Unavailability | undefined>> = {
  busy: { detail: 'The service is busy; try again soon', retryAfterSeconds: 1, isLogged: false },
  constraint: undefined,
  full: CHANGES_REFUSED,
  'read-only': CHANGES_REFUSED,
  corrupt: NOT_USABLE,
  io: { ...NOT_USABLE, isLogged: false },
  unusable: NOT_USABLE,
};

/** Returns what to tell a client whose request the database failed; undefined for any other error. */
export function databaseUnavailability(error: unknown): Unavailability | undefined {
  const failure = databaseFailure(error);
  return failure && UNAVAILABILITIES[failure];
}
