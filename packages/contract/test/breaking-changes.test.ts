import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openApiDocument } from '../src/openapi.js';
import { VERSION } from '../src/version.js';
import { breakingChanges } from './breaking-changes.js';

/** Any part of the document. */
// biome-ignore lint/suspicious/noExplicitAny: the tests change any part of it
type Json = any;

const releasedFile = new URL('../released/openapi.json', import.meta.url);
const released: Json = JSON.parse(readFileSync(releasedFile, 'utf8'));

const major = (version: string) => Number(version.split('.')[0]);

test('the document breaks no client of the last release, or the version is a new major one', () => {
  if (major(VERSION) > major(released.info.version)) {
    return;
  }
  expect(breakingChanges(released, openApiDocument())).toEqual([]);
});

const schemas = (document: Json) => document.components.schemas;
const parameter = (document: Json, name: string) =>
  document.paths['/products'].get.parameters.find((each: Json) => each.name === name);
const created = (document: Json) => document.paths['/products'].post.responses[201];

function notRequired(schema: Json, field: string): void {
  schema.required = schema.required.filter((each: string) => each !== field);
}

/** The released document without most error responses, which would make each comparison slow. */
const base = structuredClone(released);
for (const { responses } of Object.values<Json>(base.paths).flatMap(Object.values)) {
  for (const status of Object.keys(responses).filter((each) => Number(each) > 404)) {
    delete responses[status];
  }
}

function changesOf(change: (document: Json) => void): string[] {
  const document = structuredClone(base);
  change(document);
  return breakingChanges(base, document);
}

test.each<[string, (document: Json) => void]>([
  ['a removed route', (document) => delete document.paths['/products/{id}'].delete],
  ['a removed path', (document) => delete document.paths['/health/live']],
  [
    'a new required field of a body',
    (document) => {
      schemas(document).CreateProduct.properties.sku = { type: 'string' };
      schemas(document).CreateProduct.required.push('sku');
    },
  ],
  [
    'a field of a body that becomes required',
    (document) => {
      schemas(document).UpdateProduct.required = ['price'];
    },
  ],
  [
    'a removed field of a body',
    (document) => {
      delete schemas(document).CreateProduct.properties.description;
      notRequired(schemas(document).CreateProduct, 'description');
    },
  ],
  [
    'a body whose other fields are refused',
    (document) => {
      schemas(document).CreateProduct.additionalProperties = false;
    },
  ],
  [
    'a shorter text in a body',
    (document) => {
      schemas(document).CreateProduct.properties.name.maxLength = 100;
    },
  ],
  [
    'another type in a body',
    (document) => {
      schemas(document).CreateProduct.properties.price.type = 'string';
    },
  ],
  ['a narrowed enum of a parameter', (document) => parameter(document, 'sort').schema.enum.pop()],
  [
    'a lower maximum of a parameter',
    (document) => {
      parameter(document, 'limit').schema.maximum = 100;
    },
  ],
  [
    'another default of a parameter',
    (document) => {
      parameter(document, 'limit').schema.default = 50;
    },
  ],
  [
    'a new required parameter',
    ({ paths }) => {
      const shop = { name: 'shop', in: 'query', required: true, schema: { type: 'string' } };
      paths['/products'].get.parameters.push(shop);
    },
  ],
  ['a removed parameter', ({ paths }) => paths['/products'].get.parameters.pop()],
  [
    'a removed field of a response',
    (document) => {
      delete schemas(document).Product.properties.description;
      notRequired(schemas(document).Product, 'description');
    },
  ],
  [
    'a field of a response that becomes optional',
    (document) => notRequired(schemas(document).Product, 'description'),
  ],
  [
    'another type in a response',
    (document) => {
      schemas(document).Product.properties.price.type = 'string';
    },
  ],
  [
    'a field of a response that may be null',
    (document) => {
      schemas(document).Product.properties.name.nullable = true;
    },
  ],
  [
    'a new value of an enum in a response',
    (document) => schemas(document).Readiness.properties.cache.enum.push('cold'),
  ],
  [
    'another type of problem',
    (document) => {
      schemas(document).ProductNotFoundProblem.properties.type.enum = ['urn:other'];
    },
  ],
  [
    'another status',
    ({ paths }) => {
      const { responses } = paths['/products'].post;
      responses[200] = responses[201];
      delete responses[201];
    },
  ],
  ['a removed header of a response', (document) => delete created(document).headers.ETag],
  [
    'a header of responses that becomes optional',
    ({ components }) => {
      components.headers.ETag.required = false;
    },
  ],
  [
    'a new value of a header',
    ({ components }) => components.headers['X-Cache'].schema.enum.push('STALE'),
  ],
  [
    'another media type of a response',
    (document) => {
      created(document).content = {
        'application/xml': created(document).content['application/json'],
      };
    },
  ],
  [
    'another operation id',
    ({ paths }) => {
      paths['/products'].post.operationId = 'createProduct';
    },
  ],
  [
    'credentials for an operation',
    (document) => {
      document.components.securitySchemes = { key: { type: 'http', scheme: 'bearer' } };
      document.paths['/products'].post.security = [{ key: [] }];
    },
  ],
])('%s is breaking', (_title, change) => {
  expect(changesOf(change)).not.toEqual([]);
});

test.each<[string, (document: Json) => void]>([
  ['no change', () => undefined],
  [
    'a new route',
    ({ paths }) => {
      paths['/suppliers'] = { get: { ...paths['/health'].get, operationId: 'suppliers.list' } };
    },
  ],
  [
    'a new optional field of a body',
    (document) => {
      schemas(document).CreateProduct.properties.sku = { type: 'string' };
    },
  ],
  [
    'a field of a body that becomes optional',
    (document) => notRequired(schemas(document).CreateProduct, 'description'),
  ],
  [
    'a new field of a response',
    (document) => {
      schemas(document).Product.properties.sku = { type: 'string' };
      schemas(document).Product.required.push('sku');
    },
  ],
  [
    'a longer text in a body',
    (document) => {
      schemas(document).CreateProduct.properties.name.maxLength = 300;
    },
  ],
  [
    'a new optional parameter and header',
    ({ paths }) => {
      const { parameters } = paths['/products'].get;
      parameters.push({ name: 'q', in: 'query', schema: { type: 'string' } });
      parameters.push({ name: 'idempotency-key', in: 'header', schema: { type: 'string' } });
    },
  ],
  [
    'a new value of a parameter, in the middle of its enum',
    (document) => parameter(document, 'sort').schema.enum.splice(2, 0, 'relevance'),
  ],
  [
    'a new status, with a kind of problem that another status has too',
    ({ paths }) => {
      const { responses } = paths['/products'].post;
      responses[409] = responses[400];
      responses[422] = { description: 'The key was used for another request.' };
    },
  ],
  [
    'a new kind of problem of an existing status',
    ({ paths }) => {
      const kinds = ['ValidationProblem', 'PreconditionFailedProblem'];
      const oneOf = kinds.map((kind) => ({ $ref: `#/components/schemas/${kind}` }));
      paths['/products'].post.responses[400].content['application/problem+json'].schema = { oneOf };
    },
  ],
  [
    'a new header of a response',
    (document) => {
      created(document).headers.Link = { schema: { type: 'string' } };
    },
  ],
  [
    'a new media type of a body',
    ({ paths }) => {
      const { content } = paths['/products'].post.requestBody;
      content['application/merge-patch+json'] = content['application/json'];
    },
  ],
  [
    'other texts, examples, tags and version',
    (document) => {
      document.info = { ...document.info, version: '1.1.0', description: 'Other.' };
      document.tags.push({ name: 'stock', description: 'Stock.' });
      document.paths['/products'].post.summary = 'Other.';
      schemas(document).Product.properties.name.description = 'Other.';
      schemas(document).Product.properties.name.example = 'Other.';
    },
  ],
])('%s is not breaking', (_title, change) => {
  expect(changesOf(change)).toEqual([]);
});
