/** What the OpenAPI document says of an operation's answers beyond their schemas. */
export interface RouteDocumentation {
  /** A sentence for each status; a problem's status may be left out and is then described by its title. */
  readonly answers: Readonly<Record<number, string>>;
  /** The headers of the answer with that status, by name, with a sentence each. */
  readonly headers?: Readonly<Record<number, Readonly<Record<string, string>>>>;
}

/** Headers that more than one route sends. */
export const etagHeader = {
  ETag: 'A strong entity tag of the body (RFC 9110 §8.8.3), for If-None-Match and If-Match.',
} as const;

/** Where a cached read came from. */
export const cacheHeader = {
  'X-Cache':
    'HIT: from the cache. MISS: from the database. BYPASS: likewise, as Redis cannot be used.',
} as const;
