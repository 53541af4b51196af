import type { Codec } from '../../src/index.js';

/** Values that are their own version, as decimal digits. */
export const versionCodec: Codec<number> = {
  encode: String,
  decode: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
};
