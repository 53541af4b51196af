import type { Ajv, Options, ValidateFunction } from 'ajv';
import draft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import type { RawRequest, RawResponse } from './raw-request.js';

/** The parts of an OpenAPI document that say what responses there are. */
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly headers: Readonly<Record<string, Header>> };
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

interface DocumentedResponse {
  readonly headers?: Readonly<Record<string, { readonly $ref: string }>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

interface Header {
  readonly required: boolean;
  readonly schema: { readonly type: string };
}

/** Headers of HTTP itself and for proxies, and the security headers of every response. */
const undocumentedHeaders = new Set([
  'cache-control',
  'connection',
  'content-length',
  'content-security-policy',
  'content-type',
  'cross-origin-resource-policy',
  'date',
  'keep-alive',
  'referrer-policy',
  'transfer-encoding',
  'x-accel-buffering',
  'x-content-type-options',
  'x-frame-options',
]);

/**
 * Checks responses against an OpenAPI document alone: neither contract nor zod have a part in it.
 */
export class DocumentCheck {
  /** The operation and status of each response that was checked, as in `products.get 404`. */
  readonly seen = new Set<string>();
  readonly #document: Document;
  readonly #ajv: Ajv;
  readonly #validators = new Map<object, ValidateFunction>();

  constructor(document: Document) {
    this.#document = document;
    // OpenAPI 3.0 has the boolean `exclusiveMaximum` of JSON Schema's draft 4.
    const options: Options = { allErrors: true, strict: false };
    this.#ajv = new draft4.default(options) as Ajv;
    formats.default(this.#ajv);
    this.#ajv.addSchema(document, 'document');
  }

  /** Returns the operation and status of each documented response. */
  documented(): string[] {
    return Object.values(this.#document.paths)
      .flatMap((operations) => Object.values(operations))
      .flatMap(({ operationId, responses }) =>
        Object.keys(responses).map((status) => `${operationId} ${status}`),
      );
  }

  /** Returns how a response differs from the document. */
  faultsOf({ method = 'GET', path }: Pick<RawRequest, 'method' | 'path'>, response: RawResponse) {
    const [pathname = ''] = path.split('?', 1);
    // Of two paths that match, such as `/products/batch-get`, one has the method.
    const template = Object.keys(this.#document.paths).find(
      (each) =>
        new RegExp(`^${each.replace(/\{\w+\}/g, '[^/]+')}/?$`).test(pathname) &&
        this.#document.paths[each]?.[method.toLowerCase()] !== undefined,
    );
    const operation = this.#document.paths[template ?? '']?.[method.toLowerCase()];
    const documented = operation?.responses[response.status];
    if (!operation || !documented) {
      return [`${method} ${template} has no documented response ${response.status}`];
    }
    this.seen.add(`${operation.operationId} ${response.status}`);
    return [...this.#headerFaults(documented, response), ...this.#bodyFaults(documented, response)];
  }

  #headerFaults({ headers = {} }: DocumentedResponse, response: RawResponse): string[] {
    const names = Object.keys(headers);
    const documented = new Set(names.map((name) => name.toLowerCase()));
    const unexpected = Object.keys(response.headers).filter(
      (name) => !documented.has(name) && !undocumentedHeaders.has(name),
    );
    return [
      ...unexpected.map((name) => `the header ${name} is not documented`),
      ...names.flatMap((name) => {
        const [, component = ''] =
          /^#\/components\/headers\/(.+)$/.exec(headers[name]?.$ref ?? '') ?? [];
        const header = this.#document.components.headers[component];
        const text = response.headers[name.toLowerCase()];
        if (!header) {
          return [`the header ${name} is not a component`];
        }
        if (text === undefined) {
          return header.required ? [`the header ${name} is missing`] : [];
        }
        const value = header.schema.type === 'integer' ? Number(text) : text;
        return this.#faultsBy(header.schema, value, name);
      }),
    ];
  }

  #bodyFaults({ content }: DocumentedResponse, { headers, text }: RawResponse): string[] {
    const mediaType = headers['content-type'];
    if (!content) {
      return text === '' && mediaType === undefined
        ? []
        : [`a body that is not documented: ${text}`];
    }
    const [name = ''] = mediaType?.split(';') ?? [];
    const schema = content[name]?.schema;
    if (!schema) {
      return [`the media type ${mediaType} is not documented`];
    }
    // A stream is a text: no schema describes its lines.
    const isJson = /[/+]json$/.test(name);
    return this.#faultsBy(schema, isJson ? JSON.parse(text) : text, 'body');
  }

  #faultsBy(schema: object, value: unknown, name: string): string[] {
    const validate = this.#validators.get(schema) ?? this.#ajv.compile(absolute(schema));
    this.#validators.set(schema, validate);
    return validate(value) ? [] : [`${name}: ${this.#ajv.errorsText(validate.errors)}`];
  }
}

/** Returns a schema of the document whose references also work outside of it. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/'));
}
