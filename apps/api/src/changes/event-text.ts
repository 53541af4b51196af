import type { Change } from '@product-api/contract';

/** Characters of a block: a client that reads slowly keeps at most a few blocks in memory. */
const BLOCK_LENGTH = 64 * 1024;

/** Milliseconds after which an `EventSource` connects again. */
const RETRY_MS = 2000;

/** Returns the first event of a stream, with the cursor for a client that loses it at once. */
export function firstEvent(cursor: string): string {
  return `retry: ${RETRY_MS}\n${cursorEvent(cursor)}`;
}

/**
 * Returns an event without data. It keeps the connection open, and moves the cursor with which a
 * client connects again.
 */
export function cursorEvent(cursor: string): string {
  return `id: ${cursor}\n\n`;
}

/** Returns the events of changes, in blocks of 64 KiB and the rest of their last event. */
export function eventBlocks(changes: readonly Change[]): readonly string[] {
  const blocks: string[] = [];
  let block = '';
  for (const change of changes) {
    block += `id: ${change.cursor}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`;
    if (block.length >= BLOCK_LENGTH) {
      blocks.push(block);
      block = '';
    }
  }
  if (block !== '') {
    blocks.push(block);
  }
  return blocks;
}
