import type { FurtherProblemKind } from './problem-documentation.js';
import type { ResponseHeaderName } from './response-headers.js';

/** What the OpenAPI document says about the responses of an operation, beyond their schemas. */
export interface RouteDocumentation {
  /** A description for each status that is not an error. */
  readonly responses: Readonly<Record<number, string>>;
  /**
   * The response headers for each status, in addition to those that all responses with the status
   * have.
   */
  readonly headers?: Readonly<Record<number, readonly ResponseHeaderName[]>>;
  /** The kinds of problems that few operations have. */
  readonly furtherProblems?: readonly FurtherProblemKind[];
  /** The media types that a body may have. Default: `application/json` alone. */
  readonly mediaTypes?: readonly string[];
}
