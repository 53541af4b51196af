import fc, { type Arbitrary } from 'fast-check';
import { z } from 'zod';
import type { KnownValues } from './known-values.js';
import { type InputDocumentation, numberInputs, textInputs } from './scalar-inputs.js';

/** Longer lists are not created. */
const MAX_ITEMS = 5;

/** A schema is of a kind for which no inputs can be created. */
export class UnknownSchemaError extends Error {
  override readonly name = 'UnknownSchemaError';

  constructor(schema: z.ZodTypeAny, name: string) {
    const kind = schema.constructor.name;
    super(`${name} is a ${kind}: add this kind to inputsOf in conformance/schema-inputs.ts`);
  }
}

/**
 * Returns inputs of a schema. Nearly all of them are valid; refinements are not considered, except
 * the bounds that the documentation states.
 *
 * @param name the name of the field, by which values of earlier responses are chosen
 * @throws {UnknownSchemaError} when the schema or a schema in it is of an unknown kind
 */
export function inputsOf(
  schema: z.ZodTypeAny,
  name: string,
  known: KnownValues,
  outer: InputDocumentation = {},
): Arbitrary<unknown> {
  const documentation = { ...documentationOf(schema), ...outer };
  const inner = (each: z.ZodTypeAny) => inputsOf(each, name, known, documentation);
  if (schema instanceof z.ZodEffects) {
    return inner(schema.innerType());
  }
  if (schema instanceof z.ZodDefault) {
    return inner(schema.removeDefault());
  }
  if (schema instanceof z.ZodOptional) {
    return inner(schema.unwrap());
  }
  if (schema instanceof z.ZodNullable) {
    return fc.option(inner(schema.unwrap()));
  }
  if (schema instanceof z.ZodUnion || schema instanceof z.ZodDiscriminatedUnion) {
    const options: readonly z.ZodTypeAny[] = schema.options;
    return fc.oneof(...options.map(inner));
  }
  if (schema instanceof z.ZodObject) {
    return objectInputs(schema, known);
  }
  if (schema instanceof z.ZodArray) {
    const { minLength, maxLength } = schema._def;
    return fc.array(inner(schema.element), {
      minLength: minLength?.value ?? 0,
      maxLength: Math.min(maxLength?.value ?? MAX_ITEMS, (minLength?.value ?? 0) + MAX_ITEMS),
    });
  }
  return scalarInputs(schema, name, documentation, known);
}

function scalarInputs(
  schema: z.ZodTypeAny,
  name: string,
  documentation: InputDocumentation,
  known: KnownValues,
): Arbitrary<unknown> {
  if (schema instanceof z.ZodString) {
    return textInputs(schema, name, documentation, known);
  }
  if (schema instanceof z.ZodNumber) {
    return fc
      .tuple(numberInputs(schema, documentation), fc.nat(3))
      .map(([number, index]) => (index === 0 ? number : Number(known.pick(name, index) ?? number)));
  }
  if (schema instanceof z.ZodBoolean) {
    return fc.boolean();
  }
  if (schema instanceof z.ZodLiteral) {
    return fc.constant(schema.value);
  }
  if (schema instanceof z.ZodEnum) {
    return fc.constantFrom(...schema.options);
  }
  throw new UnknownSchemaError(schema, name);
}

function objectInputs(schema: z.AnyZodObject, known: KnownValues): Arbitrary<unknown> {
  const fields: [string, z.ZodTypeAny][] = Object.entries(schema.shape);
  const required = fields.filter(([, field]) => !field.isOptional()).map(([name]) => name);
  return fc.record(
    Object.fromEntries(fields.map(([name, field]) => [name, inputsOf(field, name, known)])),
    { requiredKeys: required, noNullPrototype: true },
  );
}

/** Returns what the contract's `documented` has attached to a schema. */
function documentationOf(schema: z.ZodTypeAny): InputDocumentation {
  return 'metaOpenApi' in schema ? (schema.metaOpenApi as InputDocumentation) : {};
}
