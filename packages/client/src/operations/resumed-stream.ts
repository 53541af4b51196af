import { ConnectionError } from '../errors/connection-errors.js';
import type { ByteStream, HttpRequest } from '../http/http-message.js';
import type { CallOptions } from '../options/call-options.js';
import type { RetryPolicy } from '../options/retry-options.js';
import { jitteredDelay } from '../transport/retry.js';
import { sleep } from '../transport/sleep.js';
import { never, untilAborted } from '../transport/until-aborted.js';

/** Returns the options of the requests of a stream: it has no time limit. */
export function withoutTimeout<Options extends CallOptions>(options: Options): CallOptions {
  return {
    ...options,
    timeoutMs: Number.POSITIVE_INFINITY,
    attemptTimeoutMs: Number.POSITIVE_INFINITY,
  };
}

/** Waits before each further request of a stream, and counts those that brought nothing. */
export class Resumption {
  readonly #signal: AbortSignal;
  #failures = 0;

  constructor(signal: AbortSignal = never) {
    this.#signal = signal;
  }

  /** Begins to count again: the stream has come further. */
  reset(): void {
    this.#failures = 0;
  }

  /**
   * Waits for the next request.
   *
   * @throws {unknown} when there were too many failures, the last of them; or the signal's reason
   */
  async afterFailure(error: unknown, policy: RetryPolicy): Promise<void> {
    this.#signal.throwIfAborted();
    this.#failures += 1;
    if (this.#failures > policy.limit) {
      throw error;
    }
    await sleep(jitteredDelay(this.#failures, policy), this.#signal);
  }
}

/**
 * Decodes a stream.
 *
 * @throws {ConnectionError} when it breaks
 */
export async function* decodedText(
  stream: ByteStream | undefined,
  request: HttpRequest,
  signal: AbortSignal = never,
): AsyncGenerator<string, void, undefined> {
  const reader = stream?.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const part = await untilAborted(read(reader, request), signal);
      const text = decoder.decode(part, { stream: part !== undefined });
      if (text !== '') {
        yield text;
      }
      if (part === undefined) {
        return;
      }
    }
  } finally {
    // Closes the connection of a stream that is not read to its end.
    void reader?.cancel().catch(() => undefined);
  }
}

async function read(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
  request: HttpRequest,
): Promise<Uint8Array | undefined> {
  try {
    return (await reader?.read())?.value;
  } catch (cause) {
    throw new ConnectionError(request, cause);
  }
}
