import { RequestValidationError } from '@ts-rest/express';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { problemDocument } from './problem-document.js';
import { ProblemError } from './problem-error.js';
import { requestFaults } from './request-faults.js';
import { sendJsonText } from './send-json.js';
import { ValidationError } from './validation-error.js';

/** How the handler is set up. */
export interface ErrorHandlerOptions {
  readonly logger: Logger;
  /** Recognizes errors of a dependency that may pass by themselves: they are answered 503. */
  readonly isTransient: (error: unknown) => boolean;
}

/** Answers every error with a problem document. What is not the client's doing is logged, and not told. */
export function errorHandler({ logger, isTransient }: ErrorHandlerOptions): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const problem = toProblem(error, isTransient);
    if (problem.kind === 'internal-error' || problem.kind === 'service-unavailable') {
      logger.error({ err: error, request_id: request.id }, 'request failed');
    }
    if (response.headersSent) {
      // Half an answer is out: all that is left is to end the connection.
      request.socket.destroy();
      return;
    }
    const { kind, message, errors, headers } = problem;
    const document = problemDocument(kind, message, request.id, errors);
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    sendJsonText(response, document.status, JSON.stringify(document), 'application/problem+json');
  };
}

function toProblem(error: unknown, isTransient: (error: unknown) => boolean): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof RequestValidationError) return new ValidationError(requestFaults(error));
  if (error instanceof URIError) {
    return new ValidationError([
      { field: 'path', message: 'Path should have valid percent-encoding' },
    ]);
  }
  const fault = clientFault.safeParse(error);
  if (fault.success) return fromExpress(fault.data);
  if (isTransient(error)) {
    return new ProblemError('service-unavailable', 'The service is busy; try again soon', {
      headers: { 'Retry-After': '1' },
    });
  }
  return new ProblemError('internal-error', 'Internal server error');
}

/** The shape of the errors that Express's own middleware raises about a request. */
const clientFault = z.object({ status: z.number().min(400).max(499), message: z.string() });

function fromExpress({ status, message }: z.output<typeof clientFault>): ProblemError {
  switch (status) {
    case 413:
      return new ProblemError('content-too-large', 'The body is larger than this service takes');
    case 415:
      return new ProblemError('unsupported-media-type', message);
    default:
      return new ValidationError([{ field: 'body', message: 'Body should be valid JSON' }]);
  }
}
