import { eventually } from '@product-api/testing';
import type { Operation } from './history/operation.js';
import type { CheckedProcess, CheckedSubject } from './subject/checked-subject.js';
import { readProduct } from './workload/product-requests.js';

/** Milliseconds after the last fault and write in which a process may still return old values. */
const CONVERGENCE_MS = 2000;

/** Milliseconds in which every process uses Redis again; its pauses between attempts add up. */
const RECOVERY_MS = 30_000;

/**
 * Checks, after the last write and fault, that every process returns the values of the database:
 * first from any source, and then again once all processes use Redis.
 *
 * @throws {Error} when a read that began after two seconds returns another value
 * @throws {EventuallyTimeoutError} when a process does not use Redis again
 */
export async function checkConvergence(
  subject: CheckedSubject,
  ids: readonly string[],
  record: (operation: Operation) => void,
): Promise<void> {
  const deadline = performance.now() + CONVERGENCE_MS;
  const compareAll = () =>
    Promise.all(
      subject.processes.map(async (process) => {
        for (const id of ids) {
          while (!(await readsStoredValue(subject, process, id, { deadline, record }))) {}
        }
      }),
    );
  const allUseRedis = async () =>
    (await Promise.all(subject.processes.map((each) => each.usesCache()))).every(Boolean);

  await compareAll();
  await eventually(allUseRedis, { timeoutMs: RECOVERY_MS });
  // The first comparison fills the cache, the second one reads from it.
  await compareAll();
  await compareAll();
}

interface ComparisonOptions {
  /** From this time on, a read must return the stored value. */
  readonly deadline: number;
  readonly record: (operation: Operation) => void;
}

/**
 * Returns whether a process returns the value of the database. The database is read before and
 * after, because a write without a response may still happen.
 */
async function readsStoredValue(
  { storedValue }: CheckedSubject,
  process: CheckedProcess,
  id: string,
  { deadline, record }: ComparisonOptions,
): Promise<boolean> {
  const before = await storedValue(id);
  const read = await readProduct(process, id);
  record(read);
  const after = await storedValue(id);
  const { outcome } = read;
  if (outcome.kind === 'found' && [before, after].includes(outcome.value)) {
    return true;
  }
  if (read.begin <= deadline) {
    return false;
  }
  throw new Error(
    `Expected process ${process.name} to return ${after} for ${id} after the last write, ` +
      `got ${JSON.stringify(outcome)}`,
  );
}
