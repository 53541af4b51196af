import type { DatabaseFiles } from './database-files.js';
import type { DatabaseMonitor } from './database-monitor.js';
import type { SpareConnection } from './spare-connection.js';

/** Milliseconds between two checks. */
const everyMs = 500;

/** What the upkeep works with. */
export interface UpkeepOptions {
  readonly monitor: DatabaseMonitor;
  readonly files: DatabaseFiles;
  readonly spare: SpareConnection;
  /** The size in bytes from which the write-ahead log is emptied. */
  readonly walLimitBytes: number;
}

/**
 * Checks an open database twice a second: that its files are still there, whether it takes writes
 * again after it refused them, and that the write-ahead log does not stay large. SQLite itself begins
 * the log anew, but never makes it smaller, and not at all while somebody reads.
 *
 * @returns stops the checks
 */
export function startUpkeep(options: UpkeepOptions): () => void {
  requestFirstWrite(options);
  const timer = setInterval(() => check(options), everyMs).unref();
  return () => clearInterval(timer);
}

/** Finds out about a read-only file before the first request does. */
function requestFirstWrite({ spare, monitor }: UpkeepOptions): void {
  try {
    spare.requestWrite();
  } catch (error) {
    monitor.noteFailure(error);
  }
}

function check({ monitor, files, spare, walLimitBytes }: UpkeepOptions): void {
  try {
    monitor.requireFiles();
    if (monitor.readableCondition().state !== 'ok') {
      spare.testWrite();
      monitor.noteWrite();
    } else if (files.walBytes() > walLimitBytes) {
      spare.emptyWal();
    }
  } catch (error) {
    // A busy database is tried again by the next check; a lost file was reported by the monitor.
    monitor.noteFailure(error);
  }
}
