import { setTimeout as delay } from 'node:timers/promises';
import type { Change } from '@product-api/client';
import { RefusedChangeError, UsageError } from '../errors.js';
import type { Session } from '../session.js';
import { requestHeaders } from '../settings/headers.js';

/** Milliseconds before the second attempt at most, with jitter; each further delay doubles. */
const FIRST_DELAY_MS = 500;

const LONGEST_DELAY_MS = 30_000;

/** Seconds of a `Retry-After` that are waited at most; a timer for months would end at once. */
const MAX_RETRY_AFTER_S = 60 * 60;

/** The statuses below 500 after which the same request may be accepted later. */
const temporary: readonly number[] = [408, 425, 429];

/**
 * Parses the address that changes are sent to.
 *
 * @throws {UsageError} when it is not an http or https URL. The message does not contain it: it may
 *   be secret.
 */
export function forwardUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError('--forward-to must be a URL that begins with http:// or https://');
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      "--forward-to must not have a user or a password: use CATALOG_FORWARD_HEADERS='Authorization: …'",
    );
  }
  return url;
}

/**
 * Returns the function that sends a change to the address until it is accepted.
 *
 * @throws {UsageError} when CATALOG_FORWARD_HEADERS is invalid
 */
export function openForwarding(session: Session, url: URL): (change: Change) => Promise<void> {
  const { signal, stderr, config, options } = session;
  const target: Target = {
    url,
    headers: {
      ...requestHeaders(config.forwardHeaders, []),
      'content-type': 'application/json',
    },
    timeoutMs: options.timeout * 1000,
    signal,
  };
  return async (change) => {
    let delayMs = FIRST_DELAY_MS;
    for (let failures = 1; ; failures += 1) {
      const refusal = await send(target, change);
      if (refusal === undefined) {
        return;
      }
      if (!refusal.mayPass || !options.wait) {
        throw new RefusedChangeError(`The receiver of --forward-to ${refusal.reason}`);
      }
      if (failures === 1) {
        stderr.write(`The receiver ${refusal.reason}: trying again (Ctrl-C ends it).\n`);
      }
      await pause(refusal.retryAfterMs + Math.random() * delayMs, signal);
      delayMs = Math.min(LONGEST_DELAY_MS, delayMs * 2);
    }
  };
}

interface Target {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Why a change was not accepted. */
interface Refusal {
  readonly reason: string;
  /** Whether the same request may be accepted later. */
  readonly mayPass: boolean;
  readonly retryAfterMs: number;
}

/** Sends a change once. Returns undefined if it was accepted. */
async function send(target: Target, change: Change): Promise<Refusal | undefined> {
  const { url, headers, timeoutMs, signal } = target;
  const limit = new AbortController();
  const abort = () => limit.abort(signal.reason);
  const timer = setTimeout(() => limit.abort(), timeoutMs);
  signal.addEventListener('abort', abort);
  try {
    signal.throwIfAborted();
    const body = JSON.stringify(change);
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: limit.signal,
    });
    await response.body?.cancel();
    return response.ok ? undefined : refusalOf(response);
  } catch {
    signal.throwIfAborted();
    const reason = limit.signal.aborted ? 'did not respond in time' : 'cannot be reached';
    return { reason, mayPass: true, retryAfterMs: 0 };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

function refusalOf({ status, headers }: Response): Refusal {
  const retryAfter = /^\d+$/.exec(headers.get('retry-after') ?? '')?.[0] ?? 0;
  const seconds = Math.min(MAX_RETRY_AFTER_S, Number(retryAfter));
  const mayPass = status >= 500 || temporary.includes(status);
  return { reason: `returned ${status}`, mayPass, retryAfterMs: seconds * 1000 };
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}
