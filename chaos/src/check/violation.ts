import type { Operation, Read } from '../history/operation.js';
import type { PossibleWrite } from './staleness.js';

/** A broken promise, with its evidence. */
export type Violation =
  | {
      readonly kind: 'stale-read';
      readonly read: Read;
      /**
       * Milliseconds from the acknowledgement of `overwrittenBy`, or a later rollback, to the read.
       */
      readonly staleMs: number;
      readonly overwrittenBy: PossibleWrite;
    }
  | { readonly kind: 'never-written'; readonly read: Read }
  /** The database does not hold an acknowledged write. */
  | { readonly kind: 'lost-write'; readonly read: Read; readonly lost: PossibleWrite }
  | { readonly kind: 'failed'; readonly operation: Operation }
  | { readonly kind: 'no-response'; readonly operation: Operation };
