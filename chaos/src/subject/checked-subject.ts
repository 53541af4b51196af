import type { DatabaseOutage, HistoryEvent, Outage, Rollback } from '../history/history.js';
import type { Value } from '../history/operation.js';
import type { Server } from '../workload/product-requests.js';

/** The part of a system under test that is used and checked, whatever its faults are. */
export interface CheckedSubject {
  readonly processes: readonly [CheckedProcess, ...CheckedProcess[]];
  /** A process of the same service without Redis and without faults, to measure the machine. */
  readonly control: Server;
  /** Everything that was done to the subject so far, in order. */
  readonly events: readonly HistoryEvent[];
  /** Returns the value of a product in the database. */
  storedValue(id: string): Promise<Value>;
}

/** An API process under test. */
export interface CheckedProcess extends Server {
  /** The times in which the process did not have to respond. */
  readonly outages: readonly Outage[];
  /** The times in which its Redis replaced its data by older data. */
  readonly rollbacks: readonly Rollback[];
  /** The times in which it could not use its database. */
  readonly databaseOutages: readonly DatabaseOutage[];
  /** Returns whether the process uses Redis. */
  usesCache(): Promise<boolean>;
}
