import type { Key, Row, Watermark } from './state.js';

/** How traces call a key. */
export function keyName(key: Key): string {
  return key === 0 ? 'a' : 'b';
}

/** How traces call what a row has become. */
export function versionName(key: Key, { version, exists }: Row): string {
  return `version ${version} of ${keyName(key)}${exists ? '' : ' (none)'}`;
}

/** How traces call a watermark. */
export function watermarkName(watermark: Watermark | undefined): string {
  switch (watermark?.kind) {
    case undefined:
      return 'missing';
    case 'applied':
      return `${watermark.seq} of database ${watermark.database}`;
    case 'clearing':
      return `clearing by relay ${watermark.by}, batch ${watermark.batch}`;
  }
}
