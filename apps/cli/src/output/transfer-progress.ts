import type { TextOutput } from '../cli-context.js';

const WIDTH = 24;

/** Milliseconds between two drawings. */
const DRAW_EVERY_MS = 200;

const BYTES_PER_MEGABYTE = 1_000_000;

/** What has been moved so far. */
export interface Moved {
  /** Bytes of the file. */
  readonly bytes: number;
  /** The size of the file in bytes; undefined if it is not known. */
  readonly totalBytes?: number | undefined;
}

/** Draws the progress of an import or an export. */
export interface TransferProgress {
  draw(moved: Moved): void;
  /** Removes the drawing, so that other output can follow. */
  clear(): void;
}

/**
 * Creates a progress bar with the rate and the time that is left. It draws nothing if the stream is
 * not a terminal.
 *
 * @param clock returns milliseconds of a clock that never goes back
 */
export function transferProgress(stream: TextOutput, clock: () => number): TransferProgress {
  const began = clock();
  let drawnAt = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  return {
    draw(moved) {
      const now = clock();
      if (stream.isTTY !== true || now - drawnAt < DRAW_EVERY_MS) {
        return;
      }
      drawnAt = now;
      isDrawn = true;
      stream.write(`\r\u001b[K${progressText(moved, (now - began) / 1000)}`);
    },
    clear() {
      if (isDrawn) {
        stream.write('\r\u001b[K');
        isDrawn = false;
      }
    },
  };
}

/** Returns a line such as `[######..................] 25%  4.0 MB/s  9 s left`. */
export function progressText({ bytes, totalBytes }: Moved, seconds: number): string {
  const rate = seconds > 0 ? bytes / seconds : 0;
  const speed = `${(rate / BYTES_PER_MEGABYTE).toFixed(1)} MB/s`;
  if (totalBytes === undefined) {
    return `${(bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB  ${speed}`;
  }
  const share = totalBytes === 0 ? 1 : Math.min(1, bytes / totalBytes);
  const filled = Math.round(WIDTH * share);
  const bar = '#'.repeat(filled) + '.'.repeat(WIDTH - filled);
  const left = rate > 0 ? `  ${Math.ceil((totalBytes - bytes) / rate)} s left` : '';
  return `[${bar}] ${Math.floor(100 * share)}%  ${speed}${left}`;
}
