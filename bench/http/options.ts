import { parseArgs } from 'node:util';
import { fullScale, quickScale, type Scale } from './scale.js';

/** What the command line asks for. */
export interface Options {
  readonly scale: Scale;
  /** The one measurement that is wanted; undefined for all. */
  readonly only: string | undefined;
  /** Whether that one measurement takes the place of the last of its kind, and the others stay. */
  readonly keep: boolean;
  /** Whether to make tables and charts of the last results again, without measuring. */
  readonly renderOnly: boolean;
}

/** The requests of `--long`. */
const requestsOfLongRun = 10_000_000;

/**
 * Reads the command line.
 *
 * @throws TypeError for an option that there is not, and for `--keep` with what is not worth keeping
 */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      only: { type: 'string' },
      keep: { type: 'boolean', default: false },
      render: { type: 'boolean', default: false },
    },
  });
  if (values.keep && (values.only === undefined || values.quick || values.long)) {
    throw new TypeError('--keep goes with --only, and not with --quick or --long');
  }
  const scale = values.quick ? quickScale : fullScale;
  return {
    scale: values.long ? { ...scale, longRunRequests: requestsOfLongRun } : scale,
    only: values.only,
    keep: values.keep,
    renderOnly: values.render,
  };
}
