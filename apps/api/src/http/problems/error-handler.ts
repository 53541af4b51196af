import type { Database } from '@product-api/database';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { DomainError } from '../../errors.js';
import { databaseUnavailability, type Unavailability } from './database-unavailability.js';
import { OverloadError, ProblemError, ValidationError } from './problem-errors.js';
import { sendProblem } from './problem-response.js';

/** Responds to a path without a route: 404, or 400 if its percent-encoding is malformed. */
export const routeNotFound: RequestHandler = (request) => {
  // Throws a URIError if the percent-encoding is malformed.
  decodeURIComponent(request.path);
  throw new ProblemError('route-not-found', 'Not Found');
};

/** Returns the problem document of an error for the response to a request. */
export type DescribeError = (error: unknown, request: Pick<Request, 'id'>) => ProblemError;

/**
 * Creates the function that makes a problem document of every error. Server errors are logged;
 * their details are never sent to the client.
 */
export function errorDescription(
  logger: Logger,
  { failureOf, busyReason }: Pick<Database, 'failureOf' | 'busyReason'>,
): DescribeError {
  return (error, request) => {
    const failure = failureOf(error);
    const unavailable = databaseUnavailability(failure);
    const problem = unavailable ? toServiceUnavailable(unavailable) : toProblem(error);
    const isFailure = problem.kind === 'internal-error' || problem.kind === 'service-unavailable';
    // The access log shows an overload; a line with a stack for each would make it worse.
    if (isFailure && !(problem instanceof OverloadError)) {
      const isLogged = error instanceof DomainError ? error.isLogged : unavailable?.isLogged;
      const level = isLogged ? 'debug' : 'error';
      const cause = failure === 'busy' ? { reason: busyReason(error) } : { err: error };
      logger[level]({ ...cause, request_id: request.id }, 'request failed');
    }
    return problem;
  };
}

/** Creates the handler that responds to every error with a problem document. */
export function errorHandler(describe: DescribeError): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    // The response has ended already: the server responds to a fault in a body while its handler
    // runs.
    if (response.writableEnded) {
      return;
    }
    const problem = describe(error, request);
    if (response.headersSent) {
      // Part of another response is out: only the end of the connection can show the error.
      request.socket.destroy();
      return;
    }
    sendProblem(response, problem, request.id);
  };
}

function toServiceUnavailable({ detail, retryAfterSeconds }: Unavailability): ProblemError {
  const headers = { 'Retry-After': String(retryAfterSeconds) };
  return new ProblemError('service-unavailable', detail, { headers });
}

function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) {
    return error;
  }
  if (error instanceof DomainError) {
    return fromDomain(error);
  }
  if (error instanceof URIError) {
    return new ValidationError([
      { field: 'path', message: 'Path should have valid percent-encoding' },
    ]);
  }
  const fault = clientFault.safeParse(error);
  if (fault.success) {
    return fromExpress(fault.data);
  }
  return new ProblemError('internal-error', 'Internal server error');
}

function fromDomain(error: DomainError): ProblemError {
  const { kind, message, errors, extensions, cacheResult } = error;
  return new ProblemError(kind, message, {
    ...(errors && { errors }),
    ...(extensions && { extensions }),
    headers: {
      ...(kind === 'service-unavailable' && { 'Retry-After': '1' }),
      ...(cacheResult && { 'X-Cache': cacheResult.toUpperCase() }),
    },
  });
}

/** The shape of the errors that Express's own middleware raises for a faulty request. */
const clientFault = z.object({ status: z.number().min(400).max(499), message: z.string() });

function fromExpress({ status, message }: z.output<typeof clientFault>): ProblemError {
  return status === 415
    ? new ProblemError('unsupported-media-type', message)
    : new ValidationError([{ field: 'request', message }]);
}
