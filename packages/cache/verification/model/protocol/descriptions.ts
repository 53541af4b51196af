import type { Key, Row, Watermark } from './state.js';

/** Returns the name of a key in steps. */
export function keyName(key: Key): string {
  return key === 0 ? 'a' : 'b';
}

/** Describes a version of a row in steps. */
export function describeVersion(key: Key, { version, exists }: Row): string {
  return `version ${version} of ${keyName(key)}${exists ? '' : ' (absent)'}`;
}

/** Describes a watermark in steps. */
export function describeWatermark(watermark: Watermark | undefined): string {
  switch (watermark?.kind) {
    case undefined:
      return 'missing';
    case 'applied':
      return `${watermark.seq} of database ${watermark.database}`;
    case 'clearing':
      return `clearing by relay ${watermark.by}, batch ${watermark.batch}`;
  }
}
