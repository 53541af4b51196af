import type { DatabaseFiles } from './database-files.js';
import type { DatabaseMonitor } from './database-monitor.js';
import type { MaintenanceConnection } from './maintenance-connection.js';

/** Milliseconds between two checks. */
const INTERVAL_MS = 500;

/** Options of the maintenance. */
export interface MaintenanceOptions {
  readonly monitor: DatabaseMonitor;
  readonly files: DatabaseFiles;
  readonly connection: MaintenanceConnection;
  /** The size in bytes from which the write-ahead log is truncated. */
  readonly walLimitBytes: number;
}

/**
 * Checks an open database twice a second: that its files are still there, whether it accepts writes
 * again after it refused them, and that the write-ahead log does not stay large. SQLite itself
 * reuses the log but never shrinks it, and cannot reuse it during a read.
 *
 * @returns a function that stops the checks
 */
export function startMaintenance(options: MaintenanceOptions): () => void {
  probeFirstWrite(options);
  const timer = setInterval(() => check(options), INTERVAL_MS).unref();
  return () => clearInterval(timer);
}

/** Detects a read-only file before the first request does. */
function probeFirstWrite({ connection, monitor }: MaintenanceOptions): void {
  try {
    connection.probeWrite();
  } catch (error) {
    monitor.recordFailure(error);
  }
}

function check({ monitor, files, connection, walLimitBytes }: MaintenanceOptions): void {
  try {
    monitor.checkFiles();
    if (monitor.readableCondition().state !== 'ok') {
      connection.testWrite();
      monitor.recordWrite();
    } else if (files.walBytes() > walLimitBytes) {
      connection.truncateWal();
    }
  } catch (error) {
    // The next check retries a busy database. The monitor has already reported a lost file.
    monitor.recordFailure(error);
  }
}
