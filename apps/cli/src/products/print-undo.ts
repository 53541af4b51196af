import { write } from '../output/write.js';
import type { Session } from '../session.js';

/** Says on a terminal how to undo a deletion. */
export async function printUndo({ format, stderr }: Session, id: string): Promise<void> {
  if (format === 'table' && stderr.isTTY) {
    await write(stderr, `To undo: catalog products restore ${id}\n`);
  }
}
