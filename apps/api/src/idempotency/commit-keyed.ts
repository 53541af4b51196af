import type { Database, Transaction } from '@product-api/database';
import type { z } from 'zod';
import {
  IdempotencyRecords,
  identityOf,
  RecordedMeanwhileError,
} from './database/idempotency-records.js';
import { IdempotencyKeyReusedError } from './idempotency-errors.js';
import type { KeyedRequest } from './keyed-request.js';

/** A write of a batch. Without a key it is decided every time. */
export interface MaybeKeyed {
  readonly keyed?: KeyedRequest | undefined;
}

/** How the writes of a resource are decided. */
export interface KeyedCommit<Write, Outcome> {
  readonly database: Database;
  /** The time of the records. */
  readonly at: Date;
  /** The schema of an outcome, which is stored as JSON. */
  readonly outcome: z.ZodType<Outcome>;
  /**
   * Makes writes within a transaction, and returns the function that returns the outcome of each.
   * It may run again after a rollback, and awaits nothing but statements.
   */
  readonly decide: (
    transaction: Transaction,
    writes: readonly Write[],
  ) => Promise<(write: Write) => Outcome>;
}

/** Returns the outcome of a write. */
type OutcomeOf<Write, Outcome> = (write: Write) => Promise<Outcome>;

/**
 * Commits writes together with the records of their outcomes, in one transaction. A write whose key
 * has a record is not made again: its outcome is the recorded one, and its `onReplay` is called.
 * Of equal writes in the batch, only the first is made.
 *
 * @returns a function that returns the outcome of a write. Its promise is rejected with an
 *   `IdempotencyKeyReusedError` if the key belongs to another request.
 */
export async function commitKeyed<Write extends MaybeKeyed, Outcome>(
  writes: readonly Write[],
  commit: KeyedCommit<Write, Outcome>,
): Promise<OutcomeOf<Write, Outcome>> {
  const isConstraint = (error: unknown) => commit.database.failureOf(error) === 'constraint';
  try {
    const decisions = await decideInOneTransaction(writes, commit);
    return async (write) => outcomeFor(write, decisions.get(write), commit.outcome);
  } catch (error) {
    if (writes.length === 1 || !isConstraint(error)) {
      throw error;
    }
    // The transaction changed nothing. Retry each write alone, in their order, to find the one that
    // breaks a constraint.
    const alone = new Map<Write, Promise<OutcomeOf<Write, Outcome>>>();
    // The others do not wait again for a database that fails for another reason.
    let unavailable: Promise<OutcomeOf<Write, Outcome>> | undefined;
    for (const write of writes) {
      const committed = unavailable ?? commitKeyed([write], commit);
      alone.set(write, committed);
      const [result] = await Promise.allSettled([committed]);
      if (result.status === 'rejected' && !isConstraint(result.reason)) {
        unavailable = committed;
      }
    }
    return async (write) => {
      const outcomeOf = await alone.get(write);
      return outcomeOf ? outcomeOf(write) : unknownWrite();
    };
  }
}

/** How a write of a batch was decided. */
type Decision<Outcome> =
  | { readonly kind: 'made'; readonly outcome: Outcome }
  /** `outcome` is JSON. It is parsed for its own write: of another version, it may be invalid. */
  | { readonly kind: 'replayed'; readonly outcome: string }
  /** Its key belongs to a request that asked for something else. */
  | { readonly kind: 'refused' };

function outcomeFor<Outcome>(
  { keyed }: MaybeKeyed,
  decision: Decision<Outcome> | undefined,
  schema: z.ZodType<Outcome>,
): Outcome {
  switch (decision?.kind) {
    case 'made':
      return decision.outcome;
    case 'replayed': {
      const outcome = schema.parse(JSON.parse(decision.outcome));
      keyed?.onReplay();
      return outcome;
    }
    case 'refused':
      throw new IdempotencyKeyReusedError();
    default:
      return unknownWrite();
  }
}

function unknownWrite(): never {
  throw new TypeError('The write is not one of the batch');
}

type Decisions<Write, Outcome> = ReadonlyMap<Write, Decision<Outcome>>;

async function decideInOneTransaction<Write extends MaybeKeyed, Outcome>(
  writes: readonly Write[],
  commit: KeyedCommit<Write, Outcome>,
): Promise<Decisions<Write, Outcome>> {
  for (;;) {
    try {
      return await commit.database.transaction((transaction) =>
        decide(transaction, writes, commit),
      );
    } catch (error) {
      // Another process recorded one of the keys while this transaction ran, which was rolled back.
      // The next one reads that record.
      if (!(error instanceof RecordedMeanwhileError)) {
        throw error;
      }
    }
  }
}

async function decide<Write extends MaybeKeyed, Outcome>(
  transaction: Transaction,
  writes: readonly Write[],
  { database, at, decide: make }: KeyedCommit<Write, Outcome>,
): Promise<Decisions<Write, Outcome>> {
  const records = new IdempotencyRecords(transaction, database.dialect);
  const recorded = await records.read(writes.flatMap(({ keyed }) => keyed ?? []));
  const fresh = new Set(firstOfEachKey(writes, recorded));
  // A transaction that only replays writes nothing, so that it also works while writes do not.
  const outcomeOf = fresh.size > 0 ? await make(transaction, [...fresh]) : unknownWrite;
  const added = [...fresh].flatMap((write) =>
    write.keyed ? [{ ...write.keyed, outcome: JSON.stringify(outcomeOf(write)) }] : [],
  );
  await records.insert(added, at);
  const all = new Map([...recorded, ...added.map((each) => [identityOf(each), each] as const)]);
  const decisionOf = (write: Write): Decision<Outcome> => {
    if (fresh.has(write)) {
      return { kind: 'made', outcome: outcomeOf(write) };
    }
    const record = write.keyed && all.get(identityOf(write.keyed));
    return record && record.fingerprint === write.keyed?.fingerprint
      ? { kind: 'replayed', outcome: record.outcome }
      : { kind: 'refused' };
  };
  return new Map(writes.map((write) => [write, decisionOf(write)]));
}

/** Returns the writes to make: those without a key, and the first of each key without a record. */
function firstOfEachKey<Write extends MaybeKeyed>(
  writes: readonly Write[],
  recorded: ReadonlyMap<string, unknown>,
): Write[] {
  const seen = new Set<string>();
  return writes.filter(({ keyed }) => {
    if (!keyed) {
      return true;
    }
    const identity = identityOf(keyed);
    const isFirst = !recorded.has(identity) && !seen.has(identity);
    seen.add(identity);
    return isFirst;
  });
}
