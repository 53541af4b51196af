import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Request } from 'express';
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
  request: Request,
  stopped: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const source = uncompressed(request);
  const chunks = source.iterator({ destroyOnReturn: false });
  for (;;) {
    const { value, done } = await within(chunks.next(), stopped).catch((error: unknown) => {
      throw request.destroyed && !request.complete ? new ClientGoneError() : error;
    });
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

/** Waits for the next chunk, until the signal is aborted or the client has sent nothing for long. */
function within<Chunk>(next: Promise<Chunk>, stopped: AbortSignal): Promise<Chunk> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', onStopped);
    };
    const fail = (error: unknown) => {
      settle();
      reject(isGzipFault(error) ? gzipInvalid() : error);
    };
    const timer = setTimeout(() => fail(tooSlow()), IDLE_TIMEOUT_MS);
    const onStopped = () => fail(stopped.reason);
    stopped.addEventListener('abort', onStopped, { once: true });
    if (stopped.aborted) {
      onStopped();
    }
    next.then((chunk) => {
      settle();
      resolve(chunk);
    }, fail);
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
