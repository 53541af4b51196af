import { Readable } from 'node:stream';
import type { Response } from 'express';
import type { DescribeError } from '../problems/error-handler.js';
import type { RunningStreams } from './running-streams.js';

/**
 * Milliseconds for a client to read one block of a stream. A client that reads nothing is ended
 * earlier, as with every response; this one ends a client that reads too slowly.
 */
const BLOCK_TIMEOUT_MS = 60_000;

/** The text of a stream, in blocks. It returns whether it is complete. */
export type StreamBlocks = AsyncGenerator<string, boolean, undefined>;

/** Creates the body of a response that is a stream. */
export type StreamBody<Kind extends string> = (
  kind: Kind,
  response: Response,
  blocks: StreamBlocks,
  /**
   * What a stop of the process does: `break` breaks the connection; with `finish`, the blocks end
   * by themselves. Default: `finish`.
   */
  onStop?: 'break' | 'finish',
) => Promise<Readable>;

/**
 * Creates the function that makes the body of a stream. An error before the first block rejects, so
 * that it gets a response of its own. Later ones break the connection: the chunked encoding then
 * has no end, and so the client knows that the stream is not complete.
 */
export function streamBody<Kind extends string>(
  streams: RunningStreams<Kind>,
  describe: DescribeError,
): StreamBody<Kind> {
  return async (kind, response, blocks, onStop = 'finish') => {
    const { req: request } = response;
    const end = streams.begin(kind);
    request.isStream = true;
    let isComplete = false;
    const first = await blocks.next().catch((error: unknown) => {
      end(false);
      if (response.closed) {
        return undefined;
      }
      request.isStream = false;
      throw error;
    });
    if (first === undefined) {
      // The client has left, so this body is not sent to anybody.
      return emptyBody();
    }
    let next: Awaited<ReturnType<StreamBlocks['next']>> = first;
    const body = Readable.from(sent());
    const onStopped = () => body.destroy(streams.stopped.reason);
    if (onStop === 'break') {
      streams.stopped.addEventListener('abort', onStopped, { once: true });
    }
    body.once('error', (error) => {
      describe(error, request);
      // A proxy that speaks HTTP/1.0 would take a closed connection for the end of the response.
      request.socket.resetAndDestroy();
    });
    const onClosed = () => {
      streams.stopped.removeEventListener('abort', onStopped);
      end(isComplete && response.writableFinished);
      body.destroy();
      // Ends a generator that nobody reads any more.
      void blocks.return(false).catch(() => undefined);
    };
    if (response.closed) {
      onClosed();
    } else {
      response.once('close', onClosed);
    }
    return body;

    async function* sent(): AsyncGenerator<string> {
      for (;;) {
        if (next.done) {
          isComplete = next.value;
          return;
        }
        const timer = setTimeout(() => response.destroy(), BLOCK_TIMEOUT_MS).unref();
        try {
          yield next.value;
        } finally {
          clearTimeout(timer);
        }
        next = await blocks.next();
      }
    }
  };
}

/** Returns the body of a response to HEAD. */
export function emptyBody(): Readable {
  return Readable.from([]);
}
