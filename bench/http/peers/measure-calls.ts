/** The share of the calls that do not count, because the code is still being compiled. */
const WARM_UP = 0.25;

/**
 * Makes `count` calls, of which the first do not count, and measures the others.
 *
 * @param first the number of the first call
 * @param callAll makes the calls from one number to another
 */
export async function measureCalls(
  first: number,
  count: number,
  callAll: (from: number, to: number) => Promise<void>,
): Promise<{ requestsPerSecond: number; cpuMicros: number }> {
  const start = first + Math.round(count * WARM_UP);
  const end = first + count;
  await callAll(first, start);
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await callAll(start, end);
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const measured = end - start;
  return { requestsPerSecond: measured / seconds, cpuMicros: (user + system) / measured };
}
