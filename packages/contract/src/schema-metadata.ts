import type { ZodTypeAny } from 'zod';

/** Keywords of OpenAPI 3.0's Schema Object that the generator cannot derive from a zod schema. */
export interface SchemaMetadata {
  /** Makes the schema a named component of the document. */
  title?: string;
  /** Narrows the type that the generator derives. */
  type?: 'integer';
  description?: string;
  example?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMaximum?: boolean;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
}

/**
 * Attaches metadata to a schema, in the property that the generator of `@ts-rest/open-api` reads.
 * The generator itself is not imported, to keep it out of the SDK's bundle.
 */
export function documented<Schema extends ZodTypeAny>(
  schema: Schema,
  metadata: SchemaMetadata,
): Schema {
  return Object.assign(schema, { metaOpenApi: metadata });
}
