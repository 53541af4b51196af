import type { FurtherProblemKind } from './problem-documentation.js';
import type { Rate } from './rate.js';
import type { ResponseHeaderName } from './response-headers.js';
import type { Access } from './scopes.js';

/** The media types of a stream, each with an example. */
type StreamedMediaTypes = Readonly<Record<string, string>>;

/** A request or a response that has no bounded size, and lasts for as long as it takes. */
export interface RouteStream {
  /** The media types of the request’s body. Default: it has no body. */
  readonly request?: StreamedMediaTypes;
  /** The media types of the response with the status 200. */
  readonly response: StreamedMediaTypes;
}

/**
 * What a route says beyond its schemas: who may use it, what it costs, and what the OpenAPI
 * document adds.
 */
export interface RouteMetadata {
  /** Who may use the route. It has no default, so that no route is open by accident. */
  readonly access: Access;
  /**
   * What a request takes from rate limits. It has no default, so that no route is free by accident.
   */
  readonly rate: Rate;
  /** A description for each status that is not an error. */
  readonly responses: Readonly<Record<number, string>>;
  /**
   * The response headers for each status, in addition to those that all responses with the status
   * have.
   */
  readonly headers?: Readonly<Record<number, readonly ResponseHeaderName[]>>;
  /** The kinds of problems of this route that other routes do not have. */
  readonly furtherProblems?: readonly FurtherProblemKind[];
  /** The media types that a body may have. Default: `application/json` alone. */
  readonly mediaTypes?: readonly string[];
  /** What the route streams. Default: nothing. */
  readonly stream?: RouteStream;
}

/**
 * Groups of routes. A route that does not say who may use it and what it costs does not compile.
 */
export type Routes = Readonly<
  Record<string, Readonly<Record<string, { readonly metadata: RouteMetadata }>>>
>;

/** Returns the metadata of a route of the contract. */
export function metadataOf({ metadata }: { readonly metadata?: unknown }): RouteMetadata {
  // Each route checks its metadata with `satisfies RouteMetadata`; ts-rest types it as unknown.
  return metadata as RouteMetadata;
}
