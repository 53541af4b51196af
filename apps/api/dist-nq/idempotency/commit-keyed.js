import { IdempotencyRecords, identityOf, RecordedMeanwhileError, } from './database/idempotency-records.js';
import { IdempotencyKeyReusedError } from './idempotency-errors.js';
/**
 * Commits writes together with the records of their outcomes, in one transaction. A write whose key
 * has a record is not made again: its outcome is the recorded one, and its `onReplay` is called.
 * Of equal writes in the batch, only the first is made.
 *
 * @returns a function that returns the outcome of a write. Its promise is rejected with an
 *   `IdempotencyKeyReusedError` if the key belongs to another request.
 */
export async function commitKeyed(writes, commit) {
    try {
        const decisions = await decideInOneTransaction(writes, commit);
        return async (write) => outcomeFor(write, decisions.get(write));
    }
    catch (error) {
        if (writes.length === 1 || commit.database.failureOf(error) !== 'constraint') {
            throw error;
        }
        // The transaction changed nothing. Retry each write alone, in their order, to find the one that
        // breaks a constraint.
        const alone = new Map();
        for (const write of writes) {
            const committed = commitKeyed([write], commit);
            await committed.catch(() => undefined);
            alone.set(write, committed);
        }
        return async (write) => {
            const outcomeOf = await alone.get(write);
            return outcomeOf ? outcomeOf(write) : unknownWrite();
        };
    }
}
function outcomeFor({ keyed }, decision) {
    if (!decision) {
        return unknownWrite();
    }
    if (decision.kind === 'refused') {
        throw new IdempotencyKeyReusedError();
    }
    if (decision.kind === 'replayed') {
        keyed?.onReplay();
    }
    return decision.outcome;
}
function unknownWrite() {
    throw new TypeError('The write is not one of the batch');
}
async function decideInOneTransaction(writes, commit) {
    for (;;) {
        try {
            return await commit.database.transaction((transaction) => decide(transaction, writes, commit));
        }
        catch (error) {
            // Another process recorded one of the keys while this transaction ran, which was rolled back.
            // The next one reads that record.
            if (!(error instanceof RecordedMeanwhileError)) {
                throw error;
            }
        }
    }
}
async function decide(transaction, writes, { database, at, outcome: schema, decide: make }) {
    const records = new IdempotencyRecords(transaction, database.dialect);
    const recorded = await records.read(writes.flatMap(({ keyed }) => keyed ?? []));
    const fresh = new Set(firstOfEachKey(writes, recorded));
    const outcomeOf = await make(transaction, [...fresh]);
    const added = [...fresh].flatMap((write) => write.keyed ? [{ ...write.keyed, outcome: JSON.stringify(outcomeOf(write)) }] : []);
    await records.insert(added, at);
    const all = new Map([...recorded, ...added.map((each) => [identityOf(each), each])]);
    const decisionOf = (write) => {
        if (fresh.has(write)) {
            return { kind: 'made', outcome: outcomeOf(write) };
        }
        const record = write.keyed ? all.get(identityOf(write.keyed)) : undefined;
        if (record?.fingerprint !== write.keyed?.fingerprint) {
            return { kind: 'refused' };
        }
        return { kind: 'replayed', outcome: schema.parse(JSON.parse(record?.outcome ?? '')) };
    };
    return new Map(writes.map((write) => [write, decisionOf(write)]));
}
/** Returns the writes to make: those without a key, and the first of each key without a record. */
function firstOfEachKey(writes, recorded) {
    const seen = new Set();
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
//# sourceMappingURL=commit-keyed.js.map