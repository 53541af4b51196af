import { parseArgs } from 'node:util';
import { fullScale, quickScale, type Scale } from './scale.js';

/** The command line of the benchmark. */
export interface Options {
  readonly scale: Scale;
  /** The one measurement to make; undefined for all. */
  readonly only: string | undefined;
  /** Whether that measurement replaces the last one of its name in the published results. */
  readonly keep: boolean;
  /** Whether to render the last results again, without measuring. */
  readonly renderOnly: boolean;
}

/** Requests of a run with `--long`. */
const LONG_RUN_REQUESTS = 10_000_000;

/**
 * Parses the command line.
 *
 * @throws {TypeError} when an option is unknown, or `--keep` is used with results that do not compare
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
    throw new TypeError('Use --keep with --only, and without --quick and --long');
  }
  const scale = values.quick ? quickScale : fullScale;
  return {
    scale: values.long ? { ...scale, longRunRequests: LONG_RUN_REQUESTS } : scale,
    only: values.only,
    keep: values.keep,
    renderOnly: values.render,
  };
}
