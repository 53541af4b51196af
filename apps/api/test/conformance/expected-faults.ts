import { parse } from 'node:querystring';
import type { z } from 'zod';
import type { RawRequest } from '../raw-request.js';
import type { Operation } from './contract-operations.js';

/** The error response that the contract requires for an invalid request. */
export interface ExpectedRefusal {
  readonly status: number;
  /** The fields that the response must name. */
  readonly fields: readonly string[];
}

/** Longer names of unknown fields are cut in a response. */
const MAX_NAME_LENGTH = 100;

/**
 * Returns how the service must refuse a request by the contract's schemas; undefined if they accept
 * it. What they cannot express, such as whether a cursor is genuine, may be refused all the same.
 */
export function expectedRefusal(
  operation: Operation,
  request: RawRequest,
): ExpectedRefusal | undefined {
  const [path = '', query = ''] = splitAt('?', request.path);
  if (!isDecodable(path)) {
    return { status: 400, fields: ['path'] };
  }
  const { headers = {}, body } = request;
  const faults = [
    ...faultsOf(operation.pathParams, pathParameters(operation.path, path)),
    ...faultsOf(operation.headers, headers),
    ...faultsOf(operation.query, parse(query)),
  ];
  if (operation.body) {
    // An empty body has no media type that could be wrong.
    if (body === '') {
      return { status: 400, fields: [...faults, 'body'] };
    }
    const [mediaType = ''] = (headers['content-type'] ?? '').split(';');
    if (!operation.mediaTypes.includes(mediaType.toLowerCase())) {
      return { status: 415, fields: [] };
    }
    const json = parseJson(String(body));
    if (json === undefined) {
      return { status: 400, fields: ['body'] };
    }
    faults.push(...faultsOf(operation.body, json.value));
  }
  return faults.length > 0 ? { status: 400, fields: faults } : undefined;
}

/** Returns the names of everything that a request has: fields, parameters and headers. */
export function namesIn({ path, headers = {}, body }: RawRequest): string[] {
  const [, query = ''] = splitAt('?', path);
  const json = parseJson(String(body))?.value;
  return [...Object.keys(parse(query)), ...Object.keys(headers), ...fieldsOf(json)].map((name) =>
    name.slice(0, MAX_NAME_LENGTH),
  );
}

/** Returns the names of the fields of a value, and the paths of those within them. */
function fieldsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, each]) => [
    name,
    ...fieldsOf(each).map((inner) => `${name}.${inner}`),
  ]);
}

function faultsOf(schema: z.ZodTypeAny, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => key.slice(0, MAX_NAME_LENGTH));
    }
    return issue.path.length === 0 ? 'body' : issue.path.join('.');
  });
}

function pathParameters(template: string, path: string): Record<string, string> {
  const names = Array.from(template.matchAll(/:(\w+)/g), ([, name = '']) => name);
  const pattern = new RegExp(`^${template.replaceAll(/:\w+/g, '([^/]+)')}/?$`);
  const [, ...values] = pattern.exec(path) ?? [];
  return Object.fromEntries(
    names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]),
  );
}

function splitAt(separator: string, text: string): string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
