import { contract } from '@product-api/contract';
import { z } from 'zod';

/** A route of the contract, with the schemas of what a request to it has. */
export interface Operation {
  /** Its name in the OpenAPI document, as in `products.create`. */
  readonly id: string;
  readonly method: string;
  /** Its path; a parameter is written `:id`. */
  readonly path: string;
  readonly pathParams: z.ZodTypeAny;
  readonly query: z.ZodTypeAny;
  readonly headers: z.ZodTypeAny;
  /** Undefined if requests have no body. */
  readonly body: z.ZodTypeAny | undefined;
  /** The media types that a body may have. */
  readonly mediaTypes: readonly string[];
}

const documentation = z.object({
  mediaTypes: z.array(z.string()).readonly().default(['application/json']),
});

interface Route extends Pick<Operation, 'method' | 'path'> {
  readonly pathParams?: unknown;
  readonly query?: unknown;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly metadata?: unknown;
}

/** Returns every operation of the contract. */
export function contractOperations(): Operation[] {
  return Object.entries(contract).flatMap(([group, routes]) =>
    Object.entries<Route>(routes).map(([name, route]) => ({
      id: `${group}.${name}`,
      method: route.method,
      path: route.path,
      pathParams: schemaOr(z.object({}), route.pathParams),
      query: schemaOr(z.object({}), route.query),
      headers: schemaOr(z.object({}), route.headers),
      body: schemaOr(undefined, route.body),
      mediaTypes: documentation.parse(route.metadata).mediaTypes,
    })),
  );
}

/**
 * Returns a part of a route if it is a schema: a route may lack it, or declare that it is empty.
 */
function schemaOr<Fallback>(fallback: Fallback, part: unknown): z.ZodTypeAny | Fallback {
  return part instanceof z.ZodType ? part : fallback;
}
