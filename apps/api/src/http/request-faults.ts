import type { FieldError } from '@product-api/contract';
import type { RequestValidationError } from '@ts-rest/express';
import type { ZodError } from 'zod';

/** Lists the faults that the contract found in a request, each with the member it is about. */
export function requestFaults(error: RequestValidationError): FieldError[] {
  const parts = [error.pathParams, error.headers, error.query, error.body];
  return parts.flatMap((part) => (part ? faultsOf(part) : []));
}

function faultsOf(error: ZodError): FieldError[] {
  return error.issues.map((issue) => ({
    field: issue.path.length === 0 ? 'body' : issue.path.join('.'),
    message: issue.message,
  }));
}
