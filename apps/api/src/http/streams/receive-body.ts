import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Request, Response } from 'express';
import { ProblemError, ValidationError } from '../problems/problem-errors.js';

/** Milliseconds that a client may send nothing of a stream. */
const IDLE_TIMEOUT_MS = 30_000;

/** The client has left before its request was complete. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

/**
 * Reads the body of a request as it arrives, and uncompresses it. The connection stays open in any
 * case, so that a response can be sent.
 *
 * @param stopped ends the body with its reason
 * @throws {ClientGoneError} when the connection was closed
 * @throws {ValidationError} when the body is not valid gzip
 * @throws {ProblemError} when the client sends nothing for 30 seconds
 */
export async function* receiveBody(
  response: Response,
  stopped: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  response.inviteBody?.();
  const chunks = uncompressed(response.req).iterator({ destroyOnReturn: false });
  for (;;) {
    const { value, done } = await within(chunks.next(), response, stopped);
    if (done) {
      return;
    }
    yield value;
  }
}

function uncompressed(request: Request): Readable {
  if (request.headers['content-encoding']?.toLowerCase() !== 'gzip') {
    return request;
  }
  const gunzip = createGunzip();
  request.once('error', (error) => gunzip.destroy(error));
  gunzip.once('error', () => request.unpipe(gunzip));
  return request.pipe(gunzip);
}

/**
 * Waits for the next chunk, until the signal is aborted, the connection is closed, or the client
 * has sent nothing for long.
 */
function within<Chunk>(
  next: Promise<Chunk>,
  response: Response,
  stopped: AbortSignal,
): Promise<Chunk> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      response.off('close', onClosed);
      stopped.removeEventListener('abort', onStopped);
    };
    const fail = (error: unknown) => {
      settle();
      reject(error);
    };
    const timer = setTimeout(() => fail(tooSlow()), IDLE_TIMEOUT_MS);
    const onClosed = () => fail(new ClientGoneError());
    const onStopped = () => fail(stopped.reason);
    response.once('close', onClosed);
    stopped.addEventListener('abort', onStopped, { once: true });
    if (response.closed) {
      onClosed();
    } else if (stopped.aborted) {
      onStopped();
    }
    next.then(
      (chunk) => {
        settle();
        resolve(chunk);
      },
      (error: unknown) => fail(isGzipFault(error) ? gzipInvalid() : new ClientGoneError()),
    );
  });
}

function isGzipFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

function gzipInvalid(): ValidationError {
  return new ValidationError([{ field: 'body', message: 'Body should be valid gzip' }]);
}

function tooSlow(): ProblemError {
  return new ProblemError('request-timeout', 'The request took too long to arrive');
}
