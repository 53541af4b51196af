import type { Operation, Read } from '../history/operation.js';

/** A read that returned another catalog's data. */
export interface ForeignRead {
  readonly process: string;
  readonly id: string;
  readonly found: 'product of the other catalog' | 'absence of its own product';
  readonly cache: string | undefined;
}

/**
 * Finds reads of another catalog's data, in a history in which each process has its own catalog and
 * deletes nothing: a read that found a product of another process, or that did not find a product
 * of its own process.
 */
export function foreignReads(operations: readonly Operation[]): readonly ForeignRead[] {
  const creators = new Map<string, { readonly process: string; readonly end: number }>();
  for (const operation of operations) {
    if (operation.kind === 'write' && operation.id !== undefined && !creators.has(operation.id)) {
      creators.set(operation.id, operation);
    }
  }
  return operations.flatMap((operation) =>
    operation.kind === 'read' ? foreignRead(operation, creators.get(operation.id)) : [],
  );
}

function foreignRead(
  { process, id, begin, outcome }: Read,
  creator: { readonly process: string; readonly end: number } | undefined,
): ForeignRead[] {
  if (outcome.kind !== 'found' || creator === undefined) {
    return [];
  }
  const { cache } = outcome;
  const isOwn = creator.process === process;
  if (!isOwn && outcome.value !== 'absent') {
    return [{ process, id, found: 'product of the other catalog', cache }];
  }
  if (isOwn && outcome.value === 'absent' && creator.end <= begin) {
    return [{ process, id, found: 'absence of its own product', cache }];
  }
  return [];
}
