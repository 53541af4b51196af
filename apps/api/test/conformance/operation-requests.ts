import fc, { type Arbitrary } from 'fast-check';
import type { RawRequest } from '../raw-request.js';
import type { Operation } from './contract-operations.js';
import { damaged, type Fields, hostileValues } from './damaged-inputs.js';
import type { KnownValues } from './known-values.js';
import { inputsOf } from './schema-inputs.js';

/** Longer values are cut in a query or header: all headers together may have 16 KiB. */
const MAX_SENT_LENGTH = 5000;

const otherMediaTypes = [
  'text/plain',
  'application/xml',
  'application/merge-patch+json',
  'json',
  '',
];

/** Returns valid and invalid requests to an operation. */
export function operationRequests(operation: Operation, known: KnownValues): Arbitrary<RawRequest> {
  const { method, body } = operation;
  return fc
    .record({
      path: paths(operation, known),
      query: fields(operation.query, known).map(queryText),
      headers: fields(operation.headers, known).map(headerTexts),
      content: body
        ? contents(body, operation.mediaTypes, known)
        : fc.constant({ headers: {}, body: undefined }),
    })
    .map(({ path, query, headers, content }) => ({
      method,
      path: query === '' ? path : `${path}?${query}`,
      headers: { ...headers, ...content.headers },
      ...(content.body !== undefined && { body: content.body }),
    }));
}

/** Returns objects for a schema: most of them as it says, the others damaged. */
function fields(schema: Operation['query'], known: KnownValues): Arbitrary<Fields> {
  // A schema of parameters, headers or a body describes an object.
  const objects = inputsOf(schema, 'body', known) as Arbitrary<Fields>;
  return fc.oneof({ weight: 8, arbitrary: objects }, { weight: 1, arbitrary: damaged(objects) });
}

/** Returns paths, some with a slash at the end or with percent-encoding that cannot be decoded. */
function paths({ path, pathParams }: Operation, known: KnownValues): Arbitrary<string> {
  const parameters = inputsOf(pathParams, 'path', known) as Arbitrary<Fields>;
  return fc
    .tuple(parameters, rarely('%', '%zz'), rarely('/'))
    .map(
      ([values, brokenEncoding, slash]) =>
        path.replaceAll(/:(\w+)/g, (_, name) => encode(values[name]) + brokenEncoding) + slash,
    );
}

/** Returns mostly an empty text. */
function rarely(...texts: readonly string[]): Arbitrary<string> {
  return fc.oneof(
    { weight: 20, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom(...texts) },
  );
}

/** Returns the text of a query; a parameter whose value is a list is repeated. */
function queryText(query: Fields): string {
  return Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((each) => `${encode(name)}=${encode(each)}`))
    .join('&');
}

function encode(value: unknown): string {
  return encodeURIComponent(asText(value).toWellFormed());
}

/** Returns header values as they can be sent: the client refuses other characters. */
function headerTexts(headers: Fields): Record<string, string> {
  const sendable = Object.entries(headers).map(([name, value]) => [
    name.replaceAll(/[^\w-]/g, '-'),
    asText(value)
      .replaceAll(/[^\t -~\u0080-\u00ff]/g, '?')
      .replaceAll(/^[\t ]+|[\t ]+$/g, ''),
  ]);
  return Object.fromEntries(sendable);
}

function asText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.slice(0, MAX_SENT_LENGTH);
}

/**
 * Returns bodies with their headers; some are not an object, not JSON, or of another media type.
 */
function contents(
  schema: Operation['query'],
  mediaTypes: Operation['mediaTypes'],
  known: KnownValues,
) {
  const accepted = [...mediaTypes, 'Application/JSON; charset=UTF-8'];
  const anyMediaType = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...accepted) },
    { weight: 1, arbitrary: fc.constantFrom(...otherMediaTypes) },
  );
  const objects = fields(schema, known).map((value) => JSON.stringify(value));
  const texts = fc.oneof(
    { weight: 18, arbitrary: objects },
    { weight: 1, arbitrary: hostileValues.map((value) => JSON.stringify(value)) },
    {
      weight: 1,
      arbitrary: fc.tuple(objects, fc.nat(20)).map(([text, end]) => text.slice(0, end)),
    },
  );
  return fc
    .tuple(texts, anyMediaType)
    .map(([body, mediaType]) => ({ body, headers: { 'content-type': mediaType } }));
}
