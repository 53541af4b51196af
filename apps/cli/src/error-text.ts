import { ConnectionError, ProblemError, TimeoutError, ValidationError } from '@product-api/client';

/** What the user reads about an error, on one line or more, without a line break at the end. */
export function errorText(error: unknown): string {
  if (error instanceof ValidationError) {
    return lines(error.problem.detail, faults(error));
  }
  if (error instanceof ProblemError) {
    return lines(error.problem.detail, [requestLine(error)]);
  }
  if (error instanceof ConnectionError) {
    return lines(error.message, [rootCause(error), advice]);
  }
  if (error instanceof TimeoutError) {
    return lines(error.message, [advice]);
  }
  return lines(error instanceof Error ? error.message : String(error), []);
}

const advice = 'Is the service running there? --base-url or CATALOG_URL says where it is.';

function lines(message: string, details: readonly string[]): string {
  return [`error: ${message}`, ...details.map((detail) => `  ${detail}`)].join('\n');
}

function faults({ errors }: ValidationError): string[] {
  return errors.map(({ field, message }) => `${field}: ${message}`);
}

function requestLine({ method, url, status, requestId }: ProblemError): string {
  return `${method} ${url} was answered ${status}; request ${requestId}`;
}

/** Follows the causes down to the one that names the fault, such as `ECONNREFUSED`. */
function rootCause(error: Error): string {
  if (error.cause instanceof Error) {
    return rootCause(error.cause);
  }
  // A name with several addresses fails with an error for each, and an empty message.
  if (error instanceof AggregateError && error.errors[0] instanceof Error) {
    return rootCause(error.errors[0]);
  }
  return error.message;
}
