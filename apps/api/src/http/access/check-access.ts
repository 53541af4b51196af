import type { Access, Scope } from '@product-api/contract';
import type { NextFunction, Request } from 'express';
import { countHeader } from '../headers/count-header.js';
import { ValidationError } from '../problems/problem-errors.js';
import { InsufficientScopeError, KeysOutdatedError, UnauthorizedError } from './access-errors.js';
import type { KeyHolder, KeyIdentifier, Unidentified } from './key-identifier.js';

/** Which requests need a key: none, all but reads of products, or all. */
export type AuthMode = 'off' | 'writes' | 'all';

/** Why a request was refused. */
export type AccessRefusal = Unidentified | 'insufficient-scope';

/** Options of `accessCheck`. */
export interface AccessCheckOptions {
  readonly mode: AuthMode;
  readonly keys: KeyIdentifier;
  /** Called for each refused request. */
  readonly onRefused: (reason: AccessRefusal) => void;
  /** Returns whether a request may wait for the next read of the keys, in case its key is new. */
  readonly mayAwaitKeys: (request: Pick<Request, 'headers' | 'socket'>) => boolean;
}

/** Passes a request on if its key allows it. It reads neither the body nor the database. */
export type CheckAccess = (
  access: Access,
  request: Pick<Request, 'headers' | 'rawHeaders' | 'apiKeyId' | 'socket'>,
  next: NextFunction,
) => void;

/**
 * Creates the function that checks whether a request may use a route.
 *
 * On an open route a key only identifies the request. With `off` it does not even that: the header
 * `Authorization` may be meant for a proxy in front of the service.
 */
export function accessCheck({
  mode,
  keys,
  onRefused,
  mayAwaitKeys,
}: AccessCheckOptions): CheckAccess {
  const identify = (authorization: string | undefined) =>
    authorization === undefined ? 'no-key' : keys.identify(authorization);

  return (access, request, next) => {
    const { authorization } = request.headers;
    const isOpenRoute = isOpen(access, mode);
    const isIgnored = isOpenRoute && mode === 'off';
    if (
      authorization !== undefined &&
      !isIgnored &&
      countHeader(request.rawHeaders, 'authorization') > 1
    ) {
      next(repeatedAuthorization);
      return;
    }
    if (isOpenRoute) {
      const holder = isIgnored ? undefined : identify(authorization);
      request.apiKeyId = typeof holder === 'object' ? holder.id : undefined;
      next();
      return;
    }
    const settle = (found: KeyHolder | Unidentified) => {
      const refusal = refusalOf(found, access);
      if (typeof found === 'object') {
        request.apiKeyId = found.id;
      }
      if (refusal === undefined) {
        next();
      } else {
        onRefused(refusal.reason);
        next(refusal.error);
      }
    };
    const found = identify(authorization);
    if ((found === 'unknown' || found === 'outdated') && mayAwaitKeys(request)) {
      // Another process may have made the key a moment ago, or this process was held up.
      void keys
        .untilCurrent()
        .then(() => settle(identify(authorization)))
        .catch(next);
    } else {
      settle(found);
    }
  };
}

/** Node keeps the first of several headers. A proxy in front may have checked another one. */
const repeatedAuthorization = new ValidationError([
  { field: 'authorization', message: 'Authorization should be given only once' },
]);

/** Returns whether a route serves requests without a key. */
function isOpen(access: Access, mode: AuthMode): boolean {
  switch (access) {
    case 'everyone':
      return true;
    case 'any-key':
    case 'admin':
      return false;
    case 'products:read':
      return mode !== 'all';
    default:
      return mode === 'off';
  }
}

interface Refusal {
  readonly reason: AccessRefusal;
  readonly error: Error;
}

function refusalOf(found: KeyHolder | Unidentified, access: Access): Refusal | undefined {
  if (typeof found === 'object') {
    return access === 'everyone' || access === 'any-key' || allows(found, access)
      ? undefined
      : { reason: 'insufficient-scope', error: new InsufficientScopeError(access) };
  }
  const error =
    found === 'outdated'
      ? new KeysOutdatedError()
      : new UnauthorizedError(found === 'no-key' ? 'no-key' : 'invalid-key');
  return { reason: found, error };
}

function allows({ scopes }: KeyHolder, scope: Scope): boolean {
  return scopes.has(scope) || scopes.has('admin');
}
