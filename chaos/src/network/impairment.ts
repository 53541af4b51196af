/** What is wrong with a network path, for as long as it lasts. */
export type NetworkFault =
  /** Bytes arrive, in both directions, so many milliseconds late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Bytes are held up, and arrive when the fault ends, as after a retransmission. */
  | { readonly kind: 'stall'; readonly what: 'requests' | 'answers' | 'everything' }
  /** Bytes vanish. A connection that lost some never works again, and neither end is told. */
  | { readonly kind: 'blackhole' }
  /** Connections are reset, and new ones as well. */
  | { readonly kind: 'refuse' };

/** A fault in a few words. */
export function describeFault(fault: NetworkFault): string {
  switch (fault.kind) {
    case 'delay':
      return `delays everything by ${fault.ms.toFixed(0)} ms`;
    case 'stall':
      return `stalls ${fault.what}`;
    case 'blackhole':
      return 'loses everything';
    case 'refuse':
      return 'refuses connections';
  }
}
