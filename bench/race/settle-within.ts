/** How a call ended, and after how many milliseconds. */
export type Outcome<T> =
  | { readonly kind: 'returned'; readonly value: T; readonly ms: number }
  | { readonly kind: 'failed'; readonly error: unknown; readonly ms: number }
  | { readonly kind: 'timed out'; readonly ms: number };

/** Calls a function and waits for at most `limitMs` milliseconds. Never rejects. */
export async function settleWithin<T>(
  limitMs: number,
  call: () => Promise<T>,
): Promise<Outcome<T>> {
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Outcome<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'timed out', ms: elapsed() }), limitMs);
  });
  const outcome = async (): Promise<Outcome<T>> => {
    try {
      return { kind: 'returned', value: await call(), ms: elapsed() };
    } catch (error) {
      return { kind: 'failed', error, ms: elapsed() };
    }
  };
  try {
    return await Promise.race([outcome(), limit]);
  } finally {
    clearTimeout(timer);
  }
}
