import { eventually } from '@product-api/testing';
import type { ApiProcess } from './deployment/api-process.js';
import type { Deployment } from './deployment/deployment.js';
import type { Operation } from './history/operation.js';
import { readProduct } from './traffic/product-requests.js';

/** Milliseconds from the end of the last fault and write in which every process comes to the truth. */
const settlingMs = 2000;

/** Milliseconds in which every process uses Redis again: its pauses between attempts add up. */
const recoveryMs = 30_000;

/**
 * Checks, where nothing is written and nothing goes wrong any more, that every process answers what
 * the database says; and again once they all use Redis, so that the answers come from there.
 *
 * @throws Error when a process answers something else to a request made after two seconds
 * @throws EventuallyTimeoutError when a process does not use Redis again
 */
export async function settle(
  deployment: Deployment,
  ids: readonly string[],
  record: (operation: Operation) => void,
): Promise<void> {
  const deadline = performance.now() + settlingMs;
  const compareAll = () =>
    Promise.all(
      deployment.processes.map(async (process) => {
        for (const id of ids) {
          while (!(await answersTheTruth(deployment, process, id, { deadline, record }))) {}
        }
      }),
    );
  const allUseRedis = async () =>
    (await Promise.all(deployment.processes.map((each) => each.usesCache()))).every(Boolean);

  await compareAll();
  await eventually(allUseRedis, { timeoutMs: recoveryMs });
  // The first look fills what is missing, and the second finds it.
  await compareAll();
  await compareAll();
}

interface Look {
  /** From when on another answer than the truth is a fault. */
  readonly deadline: number;
  readonly record: (operation: Operation) => void;
}

/** The truth is looked up around each answer: a write whose client has given up may still happen. */
async function answersTheTruth(
  { truth }: Deployment,
  process: ApiProcess,
  id: string,
  { deadline, record }: Look,
): Promise<boolean> {
  const before = await truth(id);
  const read = await readProduct(process, id);
  record(read);
  const after = await truth(id);
  const { outcome } = read;
  if (outcome.kind === 'found' && [before, after].includes(outcome.value)) {
    return true;
  }
  if (read.begin <= deadline) {
    return false;
  }
  const answer = JSON.stringify(outcome);
  throw new Error(`At rest ${process.name} answers ${answer} for ${id}, which is ${after}`);
}
