import { z } from 'zod';

/** A schema that becomes an exported type. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: z.ZodTypeAny;
  /** The doc comment of the type. */
  readonly doc: string;
  /** Whether the SDK receives such values, and so needs their check. Default: false. */
  readonly checked?: boolean;
}

/** What the contract says of a schema beyond zod: see `documented` in packages/contract. */
interface Metadata {
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** TypeScript source of a schema. */
interface Source {
  readonly type: string;
  /** An expression of `src/checks/check.ts`. */
  readonly check: string;
}

/**
 * Translates zod schemas to TypeScript source.
 *
 * @throws {Error} when a schema has a kind that is not known here
 */
export class SchemaSource {
  readonly #named: readonly NamedSchema[];

  constructor(named: readonly NamedSchema[]) {
    this.#named = named;
  }

  /** Returns the declarations of all named types, and of the checks among them. */
  declarations(): string {
    return this.#named.map((each) => this.#declaration(each)).join('\n');
  }

  /** Returns the name of a schema's type and check. */
  nameOf(schema: z.ZodTypeAny): string | undefined {
    return this.#named.find((each) => each.schema === schema)?.name;
  }

  #declaration({ name, schema, doc, checked = false }: NamedSchema): string {
    const { type, check } = this.#structure(schema, {});
    const declared =
      schema instanceof z.ZodObject ? `interface ${name} ${type}` : `type ${name} = ${type};`;
    const declaration = `/** ${doc} */\nexport ${declared}\n`;
    return checked
      ? `${declaration}\nexport const ${checkName(name)}: check.Check<${name}> = ${check};\n`
      : declaration;
  }

  /** Returns a reference to a named schema, or the structure of any other. */
  #source(schema: z.ZodTypeAny, outer: Metadata): Source {
    const name = this.nameOf(schema);
    return name === undefined
      ? this.#structure(schema, { ...metadataOf(schema), ...outer })
      : { type: name, check: checkName(name) };
  }

  #structure(schema: z.ZodTypeAny, metadata: Metadata): Source {
    if (schema instanceof z.ZodObject) {
      return this.#object(schema);
    }
    if (schema instanceof z.ZodArray) {
      const { type, check } = this.#source(schema.element, {});
      return { type: `${type}[]`, check: `check.array(${check})` };
    }
    if (schema instanceof z.ZodOptional) {
      const { type, check } = this.#source(schema.unwrap(), metadata);
      return { type: `${type} | undefined`, check: `check.optional(${check})` };
    }
    if (schema instanceof z.ZodNullable) {
      const { type, check } = this.#source(schema.unwrap(), metadata);
      return { type: `${type} | null`, check: `check.nullable(${check})` };
    }
    if (schema instanceof z.ZodEffects) {
      return this.#source(schema.innerType(), metadata);
    }
    if (schema instanceof z.ZodDefault) {
      return this.#source(schema.removeDefault(), metadata);
    }
    return scalar(schema, metadata);
  }

  #object(schema: z.AnyZodObject): Source {
    const fields = Object.entries<z.ZodTypeAny>(schema.shape);
    const lines = fields.map(([name, field]) => {
      const { description } = metadataOf(valueSchema(field));
      const doc = description === undefined ? '' : `  /** ${description} */\n`;
      return `${doc}  ${name}${mayBeAbsent(field) ? '?' : ''}: ${this.#source(field, {}).type};\n`;
    });
    const checks = fields.map(([name, field]) => `  ${name}: ${this.#source(field, {}).check},\n`);
    return { type: `{\n${lines.join('')}}`, check: `check.object({\n${checks.join('')}})` };
  }
}

/** Returns the name of the check of a named type. */
export function checkName(typeName: string): string {
  return `check${typeName}`;
}

function scalar(schema: z.ZodTypeAny, metadata: Metadata): Source {
  if (schema instanceof z.ZodString) {
    return { type: 'string', check: `check.string(${stringRules(schema, metadata)})` };
  }
  if (schema instanceof z.ZodNumber) {
    return { type: 'number', check: `check.number(${numberRules(schema, metadata)})` };
  }
  if (schema instanceof z.ZodBoolean) {
    return { type: 'boolean', check: 'check.boolean()' };
  }
  if (schema instanceof z.ZodEnum) {
    return oneOf(schema.options);
  }
  if (schema instanceof z.ZodLiteral) {
    return oneOf([schema.value]);
  }
  throw new Error(`tools/schema-source.ts cannot translate ${schema._def.typeName}: add it there`);
}

function oneOf(values: readonly unknown[]): Source {
  const literals = values.map((value) => JSON.stringify(value));
  return { type: literals.join(' | '), check: `check.oneOf(${literals.join(', ')})` };
}

function stringRules({ _def }: z.ZodString, { minLength, maxLength }: Metadata): string {
  const patterns = _def.checks.flatMap((each) => (each.kind === 'regex' ? [each.regex] : []));
  return rules({ minLength, maxLength, pattern: patterns[0] });
}

function numberRules(schema: z.ZodNumber, metadata: Metadata): string {
  const { minimum = schema.minValue, maximum = schema.maxValue, exclusiveMaximum } = metadata;
  return rules({
    integer: schema.isInt || undefined,
    min: minimum ?? undefined,
    [exclusiveMaximum === true ? 'below' : 'max']: maximum ?? undefined,
  });
}

/** Returns the source of an object of those rules that are given; nothing if there are none. */
function rules(values: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return given.length === 0 ? '' : `{ ${given.map((rule) => rule.join(': ')).join(', ')} }`;
}

function metadataOf(schema: z.ZodTypeAny): Metadata {
  return 'metaOpenApi' in schema ? (schema.metaOpenApi as Metadata) : {};
}

/** Returns the schema of a field's value, without what a request may leave out or convert. */
function valueSchema(schema: z.ZodTypeAny): z.ZodTypeAny {
  if ('metaOpenApi' in schema) {
    return schema;
  }
  if (schema instanceof z.ZodOptional) {
    return valueSchema(schema.unwrap());
  }
  return schema instanceof z.ZodEffects ? valueSchema(schema.innerType()) : schema;
}

/** Returns whether a parsed object can lack the field. */
function mayBeAbsent(schema: z.ZodTypeAny): boolean {
  if (schema instanceof z.ZodEffects) {
    return mayBeAbsent(schema.innerType());
  }
  return schema instanceof z.ZodOptional;
}
