/**
 * A time in which the Redis that a process is connected to took over older data, while the
 * connection stayed open. Writes that it forgot count as acknowledged when that was over.
 */
export interface Setback {
  readonly process: string;
  readonly begin: number;
  /** `Infinity` while it is not over. */
  readonly end: number;
}
