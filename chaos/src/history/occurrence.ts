/** Something that a scenario did, and when, on the clock of the operations. */
export interface Occurrence {
  readonly at: number;
  readonly what: string;
}

/** Takes note of what is done at this moment. */
export type Note = (what: string) => void;
