/** The calls of a round, as the arguments of its program say. */
export interface Calls {
  /** The number of the first call. */
  readonly first: number;
  readonly count: number;
  /** When the round ends at the latest. */
  readonly seconds: number;
}

/** Returns the number of the next call; undefined when all calls are made. */
export type Next = () => number | undefined;

/** The share of the calls that do not count, because the code is still being compiled. */
const WARM_UP = 0.25;

/** How much longer than the measurement the warm-up may take. */
const WARM_UP_TIME = 3;

/** Reads the last three arguments of this program. */
export function callsOfArguments(): Calls {
  const [first = Number.NaN, count = 0, seconds = 0] = process.argv.slice(-3).map(Number);
  return { first, count, seconds };
}

/**
 * Makes calls, of which the first do not count, and measures the others.
 *
 * @param callAll makes one call for each number that it gets, until it gets undefined
 */
export async function measureCalls(
  { first, count, seconds }: Calls,
  callAll: (next: Next) => Promise<void>,
): Promise<{ requestsPerSecond: number; cpuMicros: number }> {
  const end = first + count;
  const start = await callUntil(
    first,
    first + Math.round(count * WARM_UP),
    seconds * WARM_UP_TIME,
    callAll,
  );
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const measured = (await callUntil(start, end, seconds, callAll)) - start;
  const elapsed = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { requestsPerSecond: measured / elapsed, cpuMicros: (user + system) / measured };
}

/** Makes the calls from one number to another, or fewer, and returns the number after the last. */
async function callUntil(
  from: number,
  to: number,
  seconds: number,
  callAll: (next: Next) => Promise<void>,
): Promise<number> {
  const deadline = performance.now() + seconds * 1000;
  let next = from;
  await callAll(() => (next < to && performance.now() < deadline ? next++ : undefined));
  return next;
}
