import type { Access, Scope } from '@product-api/contract';
import type { Request, RequestHandler } from 'express';
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

/**
 * Returns the middleware that passes a request on if its key allows it, as a list; empty for a
 * route that checks no keys. It reads neither the body nor the database.
 */
export type AccessCheck = (access: Access) => RequestHandler[];

/**
 * Creates the function that decides how a route checks whether a request may use it.
 *
 * On an open route a key only identifies the request. With `off` it does not even that: the header
 * `Authorization` may be meant for a proxy in front of the service.
 */
export function accessCheck({
  mode,
  keys,
  onRefused,
  mayAwaitKeys,
}: AccessCheckOptions): AccessCheck {
  const identify = (authorization: string | undefined) =>
    authorization === undefined ? 'no-key' : keys.identify(authorization);

  const identifyOnly: RequestHandler = (request, _response, next) => {
    const holder = identify(request.headers.authorization);
    request.apiKeyId = typeof holder === 'object' ? holder.id : undefined;
    next();
  };

  const requireKey =
    (access: Access): RequestHandler =>
    (request, _response, next) => {
      const { authorization } = request.headers;
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

  return (access) => {
    if (!isOpen(access, mode)) {
      return [unlessRepeated(requireKey(access))];
    }
    return mode === 'off' ? [] : [unlessRepeated(identifyOnly)];
  };
}

const repeatedAuthorization = new ValidationError([
  { field: 'authorization', message: 'Authorization should be given only once' },
]);

/** Refuses requests with several keys, of which `headers` has only the first. */
function unlessRepeated(check: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const { headers, rawHeaders } = request;
    if (headers.authorization !== undefined && countHeader(rawHeaders, 'authorization') > 1) {
      next(repeatedAuthorization);
    } else {
      check(request, response, next);
    }
  };
}

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
