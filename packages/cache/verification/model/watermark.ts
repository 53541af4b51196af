import { entryAt, isInPast } from './history.js';
import type { Protocol } from './protocol.js';
import type { AppliedWatermark, Change, Database, Watermark } from './state.js';

/** What a relay does about the watermark that it saw. */
export type Plan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'apply'; readonly changes: readonly Change[]; readonly next: AppliedWatermark }
  | { readonly kind: 'clear'; readonly next: AppliedWatermark };

/** Compares the watermark with the log: what follows it is replayed, a foreign one clears. */
export function planFor(seen: Watermark | undefined, database: Database, protocol: Protocol): Plan {
  const next = watermarkAtHead(database, protocol);
  if (!seen && protocol.missingWatermark !== 'clear') {
    const changes = protocol.missingWatermark === 'replay' ? database.log : [];
    return { kind: 'apply', changes, next };
  }
  if (!seen || !isOfThisHistory(seen, database, protocol)) {
    return { kind: 'clear', next };
  }
  if (seen.seq === database.head) {
    return { kind: 'nothing' };
  }
  // Older than the log's start or not: what is kept is enough, since what is older has expired.
  const changes = database.log.filter(({ row }) => row.version > seen.seq);
  return { kind: 'apply', changes, next };
}

/** The watermark that says: all of the log is applied. */
export function watermarkAtHead(database: Database, protocol: Protocol): AppliedWatermark {
  return watermarkAt(database.head, database, protocol);
}

/** The watermark that says: the log up to this sequence number is applied. */
export function watermarkAt(seq: number, database: Database, protocol: Protocol): AppliedWatermark {
  const row = entryAt(seq, database)?.row ?? database.rows.find(({ version }) => version === seq);
  const named = protocol.watermarkNames === 'database-and-entry' && seq > 0;
  return { kind: 'applied', database: database.id, seq, history: (named && row?.history) || 0 };
}

/** What a compare-and-set compares. */
export function isSameWatermark(one: Watermark | undefined, other: Watermark | undefined): boolean {
  if (one?.kind === 'clearing') {
    return other?.kind === 'clearing' && one.by === other.by && one.batch === other.batch;
  }
  return (
    one?.kind === other?.kind &&
    one?.database === other?.database &&
    one?.seq === other?.seq &&
    one?.history === other?.history
  );
}

function isOfThisHistory(
  seen: Watermark,
  database: Database,
  { watermarkNames }: Protocol,
): seen is AppliedWatermark {
  if (seen.kind === 'clearing' || seen.database !== database.id) {
    return false;
  }
  return watermarkNames === 'database'
    ? seen.seq <= database.head
    : isInPast(seen.seq, seen.history, database);
}
