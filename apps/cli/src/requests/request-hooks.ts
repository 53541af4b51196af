import { type Hooks, TimeoutError } from '@product-api/client';
import type { TextOutput } from '../cli-context.js';
import { hideSecrets } from '../output/hide-secrets.js';

/** Waits from this length on are announced. Milliseconds. */
const ANNOUNCED_MS = 1000;

/** Options of `requestHooks`. */
export interface RequestHooksOptions {
  /** Where waits are announced and requests are shown. */
  readonly stderr: TextOutput;
  /** Whether requests, responses and retries are shown. */
  readonly verbose: boolean;
}

/**
 * Creates the hooks that show requests to the user. A request that got no response in time is not
 * repeated: the user has already waited for it.
 */
export function requestHooks({ stderr, verbose }: RequestHooksOptions): Hooks {
  const show = (line: string) => void stderr.write(`${hideSecrets(line)}\n`);
  return {
    ...(verbose && {
      onRequest: ({ method, url, attempt }) => show(`> ${method} ${url} (attempt ${attempt})`),
      onResponse: ({ status, durationMs, headers }) => {
        const requestId = headers.get('x-request-id');
        const id = requestId === null ? '' : `, request id ${requestId}`;
        show(`< ${status} in ${Math.round(durationMs)} ms${id}`);
      },
    }),
    onRetry: ({ status, cause, delayMs }) => {
      if (cause instanceof TimeoutError) {
        throw cause;
      }
      if (status !== undefined && delayMs >= ANNOUNCED_MS) {
        const reason = reasons[status] ?? `returned ${status}`;
        show(`The service ${reason}: waiting ${Math.ceil(delayMs / 1000)} s (Ctrl-C ends it).`);
      } else if (verbose) {
        show(`  ${cause?.message ?? `Status ${status}`}; retry in ${Math.round(delayMs)} ms`);
      }
    },
  };
}

const reasons: Readonly<Record<number, string>> = {
  429: 'allows no more requests now',
  503: 'is busy',
};
