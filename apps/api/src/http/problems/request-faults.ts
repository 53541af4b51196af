import type { FieldError } from '@product-api/contract';
import type { RequestValidationError } from '@ts-rest/express';
import type { Request } from 'express';
import type { ZodError } from 'zod';

/** Returns the faults that the contract found in a request, each with its field. */
export function requestFaults(
  error: RequestValidationError,
  query: Request['query'],
): FieldError[] {
  const { pathParams, headers, body } = error;
  return [
    ...faultsOf(pathParams),
    ...faultsOf(headers),
    ...faultsOf(error.query).map((fault) => withRepetition(fault, query)),
    ...faultsOf(body),
  ];
}

/** Replaces the message if the parameter is given more than once: its value is then a list. */
function withRepetition({ field, message }: FieldError, query: Request['query']): FieldError {
  const isRepeated = Array.isArray(query[field]);
  return { field, message: isRepeated ? 'Parameter should be given only once' : message };
}

function faultsOf(error: ZodError | null): FieldError[] {
  return (error?.issues ?? []).map((issue) => ({
    field: issue.path.length === 0 ? 'body' : issue.path.join('.'),
    message: issue.message,
  }));
}
