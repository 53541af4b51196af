import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Gives each of many readers a turn of the event loop of its own. The driver of SQLite is
 * synchronous: a hundred readers that each wait for the next turn would all read in the same one,
 * and no other request would be handled meanwhile. A slow read does not hold up the next turn.
 */
export class ReadTurns {
  #next: Promise<void> = Promise.resolve();

  /** Resolves in a turn that no other reader has, in the order of the calls. */
  next(): Promise<void> {
    const turn = this.#next;
    this.#next = turn.then(() => nextTurn());
    return turn;
  }
}
