import type { FieldError } from '@product-api/contract';
import { type AppRoute, extractZodObjectShape, isZodObject } from '@ts-rest/core';
import type { RequestValidationError } from '@ts-rest/express';
import type { ZodError } from 'zod';
import { unknownNames } from './unknown-names.js';

/** A query as it was sent: the value of a repeated parameter is a list. */
type Query = Readonly<Record<string, unknown>>;

/** Returns the faults that the contract found in a request to a route, each with its field. */
export function requestFaults(
  error: RequestValidationError,
  route: AppRoute,
  query: Query,
): FieldError[] {
  const { pathParams, headers, body } = error;
  return [
    ...faultsOf(pathParams),
    ...faultsOf(headers),
    ...queryFaults(error.query, route, query),
    ...faultsOf(body),
  ];
}

/** Returns the faults of a body or of other values; `known` are the names that a body may have. */
export function faultsOf(error: ZodError | null, known: readonly string[] = []): FieldError[] {
  return (error?.issues ?? []).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? unknownNames('field', issue.keys, known)
      : { field: issue.path.length === 0 ? 'body' : issue.path.join('.'), message: issue.message },
  );
}

function queryFaults(error: ZodError | null, route: AppRoute, query: Query): FieldError[] {
  const known = isZodObject(route.query) ? Object.keys(extractZodObjectShape(route.query)) : [];
  return (error?.issues ?? []).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return unknownNames('parameter', issue.keys, known);
    }
    const field = issue.path.join('.');
    const isRepeated = Array.isArray(query[field]);
    return { field, message: isRepeated ? 'Parameter should be given only once' : issue.message };
  });
}
