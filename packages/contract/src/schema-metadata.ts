import type { ZodTypeAny } from 'zod';

/** What the OpenAPI document says of a schema beyond its zod checks (keywords of OpenAPI 3.0's Schema Object). */
export interface SchemaMetadata {
  /** Makes the schema a named component of the document. */
  title?: string;
  description?: string;
  example?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMaximum?: boolean;
  minLength?: number;
  maxLength?: number;
}

/**
 * Attaches metadata to a schema, in the property that the generator behind `@ts-rest/open-api` reads.
 * The generator itself is not imported, so that the SDK's bundle stays free of it.
 */
export function documented<Schema extends ZodTypeAny>(
  schema: Schema,
  metadata: SchemaMetadata,
): Schema {
  return Object.assign(schema, { metaOpenApi: metadata });
}
