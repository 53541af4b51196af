import { type DatabaseFailure, databaseFailure } from '@product-api/database';
import type { Unavailability } from './http/problems/error-handler.js';

const changesRefused: Unavailability = {
  detail: 'No changes can be stored at present; reads are served',
  retryAfterSeconds: 5,
  isLogged: true,
};

const notUsable: Unavailability = {
  detail: 'The database cannot be used at present',
  retryAfterSeconds: 30,
  isLogged: true,
};

const unavailabilities: Readonly<Record<DatabaseFailure, Unavailability | undefined>> = {
  busy: { detail: 'The service is busy; try again soon', retryAfterSeconds: 1, isLogged: false },
  constraint: undefined,
  full: changesRefused,
  'read-only': changesRefused,
  corrupt: notUsable,
  io: { ...notUsable, isLogged: false },
  unusable: notUsable,
};

/** Returns what to tell a client whose request the database failed; undefined for any other error. */
export function databaseUnavailability(error: unknown): Unavailability | undefined {
  const failure = databaseFailure(error);
  return failure && unavailabilities[failure];
}
