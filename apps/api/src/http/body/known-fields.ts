import type { Request, RequestHandler } from 'express';
import type { AnyZodObject } from 'zod';
import { prefersStrictHandling } from '../headers/prefer.js';
import { ValidationError } from '../problems/problem-errors.js';
import { faultsOf } from '../problems/request-faults.js';

/**
 * Creates middleware that refuses a parsed body with fields that its schema does not have, together
 * with all its other faults, if
 * - the request prefers strict handling, which the response then confirms, or
 * - the body has only such fields: it is a mistake, such as `prize` for `price`.
 *
 * All other bodies pass: the contract's validation ignores their unknown fields.
 */
export function requireKnownFields(schema: AnyZodObject): RequestHandler {
  const known = Object.keys(schema.shape);
  const strict = schema.strict();
  return (request, response, next) => {
    const isStrict = prefersStrictHandling(request.get('Prefer'));
    if (isStrict) {
      response.setHeader('Preference-Applied', 'handling=strict');
    }
    if (isStrict || hasOnlyUnknownFields(request, known)) {
      const { error = null } = strict.safeParse(request.body);
      if (error) {
        throw new ValidationError(faultsOf(error, known));
      }
    }
    next();
  };
}

function hasOnlyUnknownFields({ body }: Request, known: readonly string[]): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return false;
  }
  const names = Object.keys(body);
  return names.length > 0 && !names.some((name) => known.includes(name));
}
