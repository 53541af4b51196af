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

/** Shows the progress of an import or an export. */
export interface TransferProgress {
  /** Says what has been moved so far; the drawing follows soon. */
  update(moved: Moved): void;
  /** Removes the drawing, so that other output can follow. */
  clear(): void;
  /** Removes the drawing for good. */
  end(): void;
}

/**
 * Creates a progress bar with the rate and the time that is left, in one line of a terminal. It
 * draws nothing if the stream is not a terminal.
 *
 * @param clock returns milliseconds of a clock that never goes back
 */
export function transferProgress(stream: TextOutput, clock: () => number): TransferProgress {
  const began = clock();
  let moved: Moved | undefined;
  let isDrawn = false;
  const draw = () => {
    if (moved) {
      isDrawn = true;
      // A terminal that wraps the line would keep the rest of it. The last column may wrap, too.
      const width = (stream.columns ?? Number.POSITIVE_INFINITY) - 1;
      stream.write(`\r\u001b[K${progressText(moved, (clock() - began) / 1000, width)}`);
    }
  };
  const clear = () => {
    if (isDrawn) {
      stream.write('\r\u001b[K');
      isDrawn = false;
    }
  };
  // The last part may be sent long before the service has read it.
  const timer = stream.isTTY === true ? setInterval(draw, DRAW_EVERY_MS) : undefined;
  return {
    update(latest) {
      moved = latest;
    },
    clear,
    end() {
      clearInterval(timer);
      clear();
    },
  };
}

/**
 * Returns a line such as `[######..................] 25%  4.0 MB/s  9 s left`, or less of it.
 *
 * @param width maximum characters
 */
export function progressText(
  { bytes, totalBytes }: Moved,
  seconds: number,
  width = Number.POSITIVE_INFINITY,
): string {
  const rate = seconds > 0 ? bytes / seconds : 0;
  const speed = `${(rate / BYTES_PER_MEGABYTE).toFixed(1)} MB/s`;
  if (totalBytes === undefined) {
    return longest([`${(bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB`, speed], width);
  }
  const share = totalBytes === 0 ? 1 : Math.min(1, bytes / totalBytes);
  const filled = Math.round(WIDTH * share);
  const bar = '#'.repeat(filled) + '.'.repeat(WIDTH - filled);
  const percent = `${Math.floor(100 * share)}%`;
  const rest = [speed, share < 1 ? timeLeft((totalBytes - bytes) / rate) : 'waiting for the end'];
  const whole = longest([`[${bar}] ${percent}`, ...rest], Number.POSITIVE_INFINITY);
  return whole.length <= width ? whole : longest([percent, ...rest], width);
}

/** Returns as many of the parts as fit; the last ones are left out first. */
function longest(parts: readonly string[], width: number): string {
  const text = parts.join('  ');
  return text.length <= width || parts.length === 1 ? text : longest(parts.slice(0, -1), width);
}

function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) {
    return 'time left unknown';
  }
  return seconds < 120 ? `${Math.ceil(seconds)} s left` : `${Math.round(seconds / 60)} min left`;
}
