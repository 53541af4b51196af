import type { FieldError } from '@product-api/contract';
import {
  type AppRoute,
  type AppRouteMutation,
  checkZodSchema,
  extractZodObjectShape,
  isZodObject,
} from '@ts-rest/core';
import type { RequestValidationError } from '@ts-rest/express';
import type { Request } from 'express';
import { type AnyZodObject, type ZodError, z } from 'zod';
import { unknownNames } from './unknown-names.js';

/** A query as it was sent: the value of a repeated parameter is a list. */
type Query = Readonly<Record<string, unknown>>;

/** What the contract found wrong with each part of a request. */
type Faults = Pick<RequestValidationError, 'pathParams' | 'headers' | 'query' | 'body'>;

/** A route of the contract whose requests have a body. */
export type RouteWithBody = Omit<AppRouteMutation, 'body'> & { readonly body: AnyZodObject };

/** Returns the faults that the contract found in a request to a route, each with its field. */
export function requestFaults(
  { pathParams, headers, query, body }: Faults,
  route: AppRoute,
  sentQuery: Query,
): FieldError[] {
  return [
    ...faultsOf(pathParams),
    ...faultsOf(headers),
    ...queryFaults(query, route, sentQuery),
    ...faultsOf(body, 'body' in route ? route.body : undefined),
  ];
}

/** Returns all faults of a request whose body has the given faults. */
export function faultsWithBody(
  body: ZodError,
  { params, headers, query }: Request,
  route: RouteWithBody,
): FieldError[] {
  const errorOf = (value: unknown, schema: unknown): ZodError | null => {
    const result = checkZodSchema(value, schema);
    return result.success ? null : result.error;
  };
  const faults: Faults = {
    pathParams: errorOf(params, route.pathParams),
    headers: errorOf(headers, route.headers),
    query: errorOf(query, route.query),
    body,
  };
  return requestFaults(faults, route, query);
}

/** Returns the faults of a part of a request with this schema. */
export function faultsOf(error: ZodError | null, schema?: unknown): FieldError[] {
  return (error?.issues ?? []).flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') {
      const field = issue.path.length === 0 ? 'body' : issue.path.join('.');
      return { field, message: issue.message };
    }
    const known = namesIn(schemaAt(schema, issue.path));
    return unknownNames('field', issue.keys, known).map(({ field, message }) => {
      return { field: [...issue.path, field].join('.'), message };
    });
  });
}

/** Returns the schema of a part of a value. */
function schemaAt(schema: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((outer, name) => {
    if (outer instanceof z.ZodArray) {
      return outer.element;
    }
    return isZodObject(outer) ? extractZodObjectShape(outer)[name] : undefined;
  }, schema);
}

function queryFaults(error: ZodError | null, route: AppRoute, query: Query): FieldError[] {
  const known = namesIn(route.query);
  return (error?.issues ?? []).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return unknownNames('parameter', issue.keys, known);
    }
    const field = issue.path.join('.');
    const isRepeated = Array.isArray(query[field]);
    return { field, message: isRepeated ? 'Parameter should be given only once' : issue.message };
  });
}

/** Returns the names of a schema's fields. */
function namesIn(schema: unknown): string[] {
  return isZodObject(schema) ? Object.keys(extractZodObjectShape(schema)) : [];
}
