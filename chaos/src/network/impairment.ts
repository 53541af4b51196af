/** A fault of a network path. */
export type Impairment =
  /** Bytes in both directions arrive late, by this many milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Bytes are held back and arrive when the impairment ends, as after a retransmission. */
  | { readonly kind: 'stall'; readonly what: 'requests' | 'replies' | 'everything' }
  /**
   * Bytes vanish. A connection that lost bytes never works again, but neither end gets an error.
   */
  | { readonly kind: 'blackhole' }
  /** Open and new connections are reset. */
  | { readonly kind: 'refuse' };

/** Describes an impairment for the list of events. */
export function describeImpairment(impairment: Impairment): string {
  switch (impairment.kind) {
    case 'delay':
      return `delays everything by ${impairment.ms.toFixed(0)} ms`;
    case 'stall':
      return `stalls ${impairment.what}`;
    case 'blackhole':
      return 'loses everything';
    case 'refuse':
      return 'refuses connections';
  }
}
