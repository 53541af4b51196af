import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Sends the body of a response whose head is written, each block in a turn of the event loop of its
 * own, so that other requests do not wait while a large body is copied. Stops if the connection
 * closes. Never rejects.
 */
export async function sendBlocks(
  response: ServerResponse,
  blocks: readonly Buffer[],
): Promise<void> {
  for (const block of blocks) {
    if (response.destroyed) {
      return;
    }
    response.write(block);
    await nextTurn();
  }
  response.end();
}
