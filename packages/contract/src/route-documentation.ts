/** What the OpenAPI document says about the responses of an operation, beyond their schemas. */
export interface RouteDocumentation {
  /** A description for each status. If the status of a problem is omitted, its title is used. */
  readonly responses: Readonly<Record<number, string>>;
  /** The response headers for each status, by name, with a description. */
  readonly headers?: Readonly<Record<number, Readonly<Record<string, string>>>>;
}

/** The `ETag` header, for several routes. */
export const etagHeader = {
  ETag: 'A strong entity tag of the body (RFC 9110 §8.8.3), for If-None-Match and If-Match.',
} as const;

/** The `X-Cache` header of cached reads. */
export const cacheHeader = {
  'X-Cache':
    'HIT: from the cache. MISS: from the database. BYPASS: from the database, because Redis cannot be used.',
} as const;
