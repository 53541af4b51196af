/** Counts the lines of imports and exports. */
export interface TransferObserver {
  lines(outcome: 'exported' | 'created' | 'updated' | 'unchanged' | 'failed', count: number): void;
}
