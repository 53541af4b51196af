/** A time in which an API process was stopped or dead, and owed nobody an answer. */
export interface Disturbance {
  readonly process: string;
  readonly begin: number;
  /** When it answered again; `Infinity` while it does not. */
  readonly end: number;
  /** When a process that was killed was seen to be gone; undefined for one that was stopped. */
  readonly death?: number;
}
