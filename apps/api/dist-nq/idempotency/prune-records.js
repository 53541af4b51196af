import { setTimeout as sleep } from 'node:timers/promises';
import { statementsByDialect } from './database/statements-by-dialect.js';
const HOUR_MS = 3_600_000;
/** Maximum number of records. A record takes half a kilobyte, so all of them half a gigabyte. */
const KEEP_AT_MOST = 1_000_000;
/** Milliseconds between two rounds. */
const ROUND_MS = 60_000;
/** Milliseconds between two statements of a round, in which other writers get the lock. */
const PAUSE_MS = 10;
/**
 * Prunes the records of a database now and every minute, in small steps.
 *
 * @returns a function that stops it, and resolves when no statement runs
 */
export function startPruning(database, options) {
    const { keepHours, clock, onFailure } = options;
    const stop = new AbortController();
    const pruning = (async () => {
        while (!stop.signal.aborted) {
            const before = new Date(clock().getTime() - keepHours * HOUR_MS);
            const retention = { before, keepAtMost: KEEP_AT_MOST };
            await pruneRecords(database, retention, stop.signal).catch(onFailure);
            await pause(ROUND_MS, stop.signal);
        }
    })();
    return async () => {
        stop.abort();
        await pruning;
    };
}
/** Removes the records that need not be kept, until none is left or the signal is aborted. */
export async function pruneRecords({ client, dialect }, retention, signal) {
    const { countDue, prune } = statementsByDialect[dialect];
    while (!signal.aborted) {
        const [row] = await client.$queryRaw(countDue(retention));
        if (Number(row?.due ?? 0) === 0) {
            return;
        }
        await client.$executeRaw(prune(retention));
        await pause(PAUSE_MS, signal);
    }
}
/** Waits, and returns early when the signal is aborted. */
async function pause(ms, signal) {
    await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
//# sourceMappingURL=prune-records.js.map