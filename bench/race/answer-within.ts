/** How a question ended, and after how many milliseconds. */
export type Answer<T> =
  | { readonly kind: 'answered'; readonly value: T; readonly ms: number }
  | { readonly kind: 'failed'; readonly error: unknown; readonly ms: number }
  | { readonly kind: 'no answer'; readonly ms: number };

/** Asks, and waits at most `limitMs` milliseconds. What comes later is ignored. Never rejects. */
export async function answerWithin<T>(limitMs: number, ask: () => Promise<T>): Promise<Answer<T>> {
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Answer<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'no answer', ms: elapsed() }), limitMs);
  });
  const answer = async (): Promise<Answer<T>> => {
    try {
      return { kind: 'answered', value: await ask(), ms: elapsed() };
    } catch (error) {
      return { kind: 'failed', error, ms: elapsed() };
    }
  };
  try {
    return await Promise.race([answer(), limit]);
  } finally {
    clearTimeout(timer);
  }
}
