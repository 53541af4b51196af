import { parseArgs } from 'node:util';
import { fullScale, quickScale } from './scale.js';

/** Requests of a run with `--long`. */
const LONG_RUN_REQUESTS = 10_000_000;

/**
 * Parses the command line.
 *
 * @returns the scale; `only`, the one measurement to make; `keep`, whether it replaces the published
 *   one of its name; and `render`, whether to render the last results again without measuring
 * @throws {TypeError} when an option is unknown, or `--keep` is used with results that do not compare
 */
export function parseOptions(args: readonly string[]) {
  const { quick, long, only, keep, render } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      only: { type: 'string' },
      keep: { type: 'boolean', default: false },
      render: { type: 'boolean', default: false },
    },
  }).values;
  if (keep && (only === undefined || quick || long)) {
    throw new TypeError('Use --keep with --only, and without --quick and --long');
  }
  const scale = quick ? quickScale : fullScale;
  const longRunRequests = long ? LONG_RUN_REQUESTS : scale.longRunRequests;
  return { scale: { ...scale, longRunRequests }, only, keep, render };
}
