import type { Prisma } from '../../generated/sqlite/client.js';
import { DatabaseThread, ThreadError } from './database-thread.js';

/** Reads that wait at most; the next one is refused as busy. */
const MAX_WAITING = 64;

/** Runs reads of unknown length on a thread of its own, one after the other. */
export class SlowReader {
  readonly #thread: DatabaseThread;

  /** @param file the path of a migrated database */
  constructor(file: string) {
    const module = new URL('./reader-thread.js', import.meta.url);
    this.#thread = new DatabaseThread({ module, data: { file } });
  }

  /**
   * Returns the rows of a read.
   *
   * @throws {ThreadError} when the statement fails, too many reads wait, or the reader is closed
   */
  async read<Row>({ sql, values }: Prisma.Sql): Promise<Row[]> {
    if (this.#thread.waiting >= MAX_WAITING) {
      throw ThreadError.busy('Too many reads wait for their thread');
    }
    // The caller names the type of the rows, as for Prisma's `$queryRaw`.
    return (await this.#thread.send(this.#thread.run(), { sql, values })) as Row[];
  }

  /** Ends the thread, after the reads that it was given. */
  close(): Promise<void> {
    return this.#thread.close();
  }
}
