import { catchUp } from '../../src/relay/catch-up.js';
import type { Operation, Task } from './configuration.js';
import { injectFault } from './faults.js';
import type { KeyUnderTest, Process, Run } from './run.js';

/** Performs the operations of a task, one after the other. */
export async function performTask(task: Task, key: KeyUnderTest, run: Run): Promise<void> {
  const process = run.processes[task.process];
  if (process === undefined) {
    throw new RangeError(
      `Expected a process from 0 to ${run.processes.length - 1}: ${task.process}`,
    );
  }
  for (const operation of task.operations) {
    await run.scheduler.begin(`${process.name}: ${operation.kind} ${key.configuration.name}`);
    await perform(operation, process, key, run);
  }
}

async function perform(
  operation: Operation,
  process: Process,
  key: KeyUnderTest,
  run: Run,
): Promise<void> {
  switch (operation.kind) {
    case 'read':
      return read(process, key, run);
    case 'read-many':
      return readMany(process, run);
    case 'put':
    case 'delete':
      return write(process, operation, key, run);
    case 'relay':
      return catchUpWithLog(process, run);
    case 'fault':
      await run.scheduler.step(`${operation.fault} (${key.configuration.name})`, () =>
        injectFault(operation.fault, key, run),
      );
  }
}

/** Reads a key through the cache of a process, as a request does. */
export async function read(process: Process, tested: KeyUnderTest, run: Run): Promise<void> {
  const { key, history } = tested;
  const endRead = history.beginRead(process.name);
  const { value } = await process.cache.getOrLoad(key, () => load(process, tested, run));
  endRead(value);
}

/** Reads all keys of the run in one call. */
async function readMany(process: Process, run: Run): Promise<void> {
  const keys = new Map(run.keys.map((tested) => [tested.key, tested]));
  const endReads = run.keys.map(({ history }) => history.beginRead(process.name));
  const found = await process.cache.getMany(keys.keys(), async (key) => {
    const tested = keys.get(key);
    return tested && load(process, tested, run);
  });
  for (const [index, { key }] of run.keys.entries()) {
    endReads[index]?.(found.get(key)?.value);
  }
}

async function load(
  { name }: Process,
  { key, configuration }: KeyUnderTest,
  { environment, scheduler }: Run,
) {
  const version = await scheduler.request(`${name}: SELECT ${configuration.name}`, () =>
    environment.rows.read(key),
  );
  return version === undefined ? undefined : { value: version, version };
}

/** Writes the row and, unless the process dies after its commit, invalidates the key. */
async function write(
  { name, cache }: Process,
  { kind, invalidation }: Extract<Operation, { invalidation: unknown }>,
  { key, configuration, history }: KeyUnderTest,
  { environment, scheduler }: Run,
): Promise<void> {
  const version = await scheduler.request(`${name}: ${kind} ${configuration.name}`, () => {
    const written = environment.rows[kind](key);
    history.recordCommit({ version: written, exists: kind === 'put' });
    return written;
  });
  if (invalidation === 'sent') {
    const acknowledge = history.beginInvalidation(version);
    await cache.invalidate(key, version);
    acknowledge();
  }
}

/**
 * Lets the relay of a process catch up with the change log. By its end, every commit from before
 * its beginning counts as acknowledged, even if the writer's own invalidation was lost.
 */
export async function catchUpWithLog(
  { relayTarget: target, claim, log }: Process,
  { keys }: Run,
): Promise<void> {
  const acknowledgements = keys.map(({ history }) => history.beginCatchUp());
  await catchUp(
    {
      target,
      claim,
      clearingPatienceMs: 0,
      log,
      longestLifeMs: 0,
      // Small, so that other relays can move the watermark between two batches of this one.
      batchSize: 2,
      missingWatermark: 'replay',
      onPoll: () => undefined,
      onEvent: () => undefined,
    },
    { mayClear: false, timeoutMs: Number.POSITIVE_INFINITY },
  );
  for (const acknowledge of acknowledgements) {
    acknowledge();
  }
}
