import type { VersionValues } from './version-values.js';

/** What a request to restore a product leads to, if the product still exists or still does not. */
export interface RestorePlan {
  readonly exists: boolean;
  /** The version of the last change in the log; undefined if there is none. */
  readonly lastVersion: number | undefined;
  readonly step:
    | { readonly kind: 'set'; readonly target: VersionValues }
    | { readonly kind: 'not-found' }
    | { readonly kind: 'version-not-found' }
    | { readonly kind: 'version-required' };
}
