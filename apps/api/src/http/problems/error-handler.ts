import { RequestValidationError } from '@ts-rest/express';
import type { ErrorRequestHandler, Request } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { DomainError } from '../../domain-error.js';
import { OverloadError } from '../limits/overload-error.js';
import { ProblemError } from './problem-error.js';
import { requestFaults } from './request-faults.js';
import { sendProblem } from './send-problem.js';
import { ValidationError } from './validation-error.js';

/** How the handler is set up. */
export interface ErrorHandlerOptions {
  readonly logger: Logger;
  /** Recognizes the errors of a dependency that is not available: their response is 503. */
  readonly unavailability: (error: unknown) => Unavailability | undefined;
}

/** What a client is told while a dependency is not available. */
export interface Unavailability {
  readonly detail: string;
  readonly retryAfterSeconds: number;
  /** Whether the log has it already, as a state: not every request is to repeat it. */
  readonly isLogged: boolean;
}

/** Answers every error with a problem document. What is not the client's doing is logged, and not told. */
export function errorHandler({ logger, unavailability }: ErrorHandlerOptions): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    // The client has been told of a fault in the body, which the handler did not wait for.
    if (response.writableEnded) {
      return;
    }
    const unavailable = unavailability(error);
    const problem = unavailable
      ? toServiceUnavailable(unavailable)
      : toProblem(error, request.query);
    const isFailure = problem.kind === 'internal-error' || problem.kind === 'service-unavailable';
    // The access log shows an overload; a line with a stack for each would make it worse.
    if (isFailure && !(problem instanceof OverloadError)) {
      const level = unavailable?.isLogged ? 'debug' : 'error';
      logger[level]({ err: error, request_id: request.id }, 'request failed');
    }
    if (response.headersSent) {
      // Half a response is out: all that is left is to end the connection.
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

function toProblem(error: unknown, query: Request['query']): ProblemError {
  if (error instanceof ProblemError) {
    return error;
  }
  if (error instanceof DomainError) {
    return fromDomain(error);
  }
  if (error instanceof RequestValidationError) {
    return new ValidationError(requestFaults(error, query));
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

function fromDomain({ kind, message, errors, cacheResult }: DomainError): ProblemError {
  return new ProblemError(kind, message, {
    ...(errors && { errors }),
    headers: {
      ...(kind === 'service-unavailable' && { 'Retry-After': '1' }),
      ...(cacheResult && { 'X-Cache': cacheResult.toUpperCase() }),
    },
  });
}

/** The shape of the errors that Express's own middleware raises about a request. */
const clientFault = z.object({ status: z.number().min(400).max(499), message: z.string() });

function fromExpress({ status, message }: z.output<typeof clientFault>): ProblemError {
  return status === 415
    ? new ProblemError('unsupported-media-type', message)
    : new ValidationError([{ field: 'request', message }]);
}
