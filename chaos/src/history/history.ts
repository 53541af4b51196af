import type { Operation, Read } from './operation.js';

/**
 * Everything that happened during a run: the operations of the clients, and the faults. All times
 * are in milliseconds on the same monotonic clock.
 */
export interface History {
  readonly operations: readonly Operation[];
  readonly outages: readonly Outage[];
  readonly rollbacks: readonly Rollback[];
  readonly databaseOutages: readonly DatabaseOutage[];
  /** What the database held at the end, without any cache. */
  readonly finalReads: readonly Read[];
  /** What was done to the subject, in order; shown beside a violation. */
  readonly events: readonly HistoryEvent[];
  /** The operations of the same workload on a process without faults. */
  readonly control: readonly Operation[];
}

/** A time in which an API process was stopped or dead, so that it did not have to respond. */
export interface Outage {
  readonly process: string;
  readonly begin: number;
  /** When it responded again; `Infinity` until then. */
  readonly end: number;
  /** When a killed process had exited; undefined for a stopped one. */
  readonly death?: number;
}

/**
 * A time in which the Redis of a process replaced its data by older data while the connection
 * stayed open. Writes that are lost by it count as acknowledged at its end.
 */
export interface Rollback {
  readonly process: string;
  readonly begin: number;
  /** `Infinity` until it is over. */
  readonly end: number;
}

/** A time in which an API process could not use its database. */
export interface DatabaseOutage {
  readonly process: string;
  readonly begin: number;
  /** When it used its database again; `Infinity` until then. */
  readonly end: number;
}

/** A description of something that a fault did. */
export interface HistoryEvent {
  readonly at: number;
  readonly what: string;
}

/** Records an event at the current time. */
export type RecordEvent = (what: string) => void;

/** The parts of a history without faults. */
export const withoutFaults: Omit<History, 'operations'> = {
  outages: [],
  rollbacks: [],
  databaseOutages: [],
  finalReads: [],
  events: [],
  control: [],
};
