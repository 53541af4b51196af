import type { Protocol } from './configuration.js';
import {
  type AppliedWatermark,
  type Change,
  type Database,
  relayLog,
  type Watermark,
} from './state.js';

/** What a relay does after it has read the watermark and the log. */
export type Plan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'apply'; readonly changes: readonly Change[]; readonly next: AppliedWatermark }
  | { readonly kind: 'clear'; readonly next: AppliedWatermark };

/**
 * Compares a watermark with the log. The relay replays the changes after a watermark of this
 * timeline; any other watermark requires a clearing.
 */
export function planFor(seen: Watermark | undefined, database: Database, protocol: Protocol): Plan {
  const next = watermarkAtHead(database, protocol);
  if (!seen && protocol.missingWatermark !== 'clear') {
    const changes = protocol.missingWatermark === 'replay' ? relayLog(database) : [];
    return { kind: 'apply', changes, next };
  }
  if (!seen || !isOfThisTimeline(seen, database, protocol)) {
    return { kind: 'clear', next };
  }
  if (seen.seq === database.head) {
    return { kind: 'nothing' };
  }
  // This is enough even if the log begins after the watermark: values older than that have expired.
  const changes = relayLog(database).filter(({ row }) => row.version > seen.seq);
  return { kind: 'apply', changes, next };
}

/** Returns the watermark that says that the whole log is applied. */
export function watermarkAtHead(database: Database, protocol: Protocol): AppliedWatermark {
  return watermarkAt(database.head, database, protocol);
}

/** Returns the watermark that says that the log is applied up to this sequence number. */
export function watermarkAt(seq: number, database: Database, protocol: Protocol): AppliedWatermark {
  const row = entryAt(seq, database)?.row ?? database.rows.find(({ version }) => version === seq);
  const isNamed = protocol.watermarkNames === 'database-and-entry' && seq > 0;
  const timeline = (isNamed && row?.timeline) || 0;
  return { kind: 'applied', database: database.id, seq, timeline };
}

/** Returns whether a compare-and-set treats two watermarks as equal. */
export function isSameWatermark(one: Watermark | undefined, other: Watermark | undefined): boolean {
  if (one?.kind === 'clearing') {
    return other?.kind === 'clearing' && one.by === other.by && one.batch === other.batch;
  }
  return (
    one?.kind === other?.kind &&
    one?.database === other?.database &&
    one?.seq === other?.seq &&
    one?.timeline === other?.timeline
  );
}

/** Returns whether the database's past contains this change, as far as the log can tell. */
export function isInPast(seq: number, timeline: number, database: Database): boolean {
  const entry = entryAt(seq, database);
  return seq <= database.head && (!entry || entry.row.timeline === timeline);
}

function entryAt(seq: number, database: Database): Change | undefined {
  return relayLog(database).find(({ row }) => row.version === seq);
}

function isOfThisTimeline(
  seen: Watermark,
  database: Database,
  { watermarkNames }: Protocol,
): seen is AppliedWatermark {
  if (seen.kind === 'clearing' || seen.database !== database.id) {
    return false;
  }
  return watermarkNames === 'database'
    ? seen.seq <= database.head
    : isInPast(seen.seq, seen.timeline, database);
}
