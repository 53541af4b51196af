import { type AppRoute, type AppRouter, isAppRoute } from '@ts-rest/core';
import { generateOpenApi } from '@ts-rest/open-api';
import { contract } from './contract.js';
import { type DocumentedProblem, documentedProblems } from './problem-documentation.js';
import {
  type ResponseHeader,
  type ResponseHeaderName,
  responseHeaders,
  sentName,
} from './response-headers.js';
import { metadataOf, type RouteMetadata } from './route-metadata.js';
import { VERSION } from './version.js';

/** The OpenAPI 3.0 document of the service. */
export type OpenApiDocument = ReturnType<typeof generateOpenApi>;

type OperationMapper = NonNullable<
  NonNullable<Parameters<typeof generateOpenApi>[2]>['operationMapper']
>;
type Operation = ReturnType<OperationMapper>;
type Response = { description: string; content?: Record<string, unknown>; headers?: object };
type JsonContent = { readonly 'application/json'?: unknown };
type Problems = ReadonlyMap<number, DocumentedProblem>;

/** A parameter as the generator creates it: the schema has what belongs to the parameter. */
interface Parameter {
  readonly description?: string;
  readonly schema: { readonly description?: string; readonly example?: unknown };
}

const DESCRIPTION = [
  'A product catalog. Changes can be made conditional with entity tags (RFC 9110).',
  'Every error response is a problem document (RFC 9457). A path without an operation is a 404 of the type `urn:product-api:problem:route-not-found`; another method of a path is a 405 of the type `urn:product-api:problem:method-not-allowed`, whose `Allow` header lists the methods. HEAD is allowed where GET is, and OPTIONS everywhere.',
  'A query parameter that an operation does not have is refused with 400.',
].join('\n\n');

/** Builds the OpenAPI document from the contract. */
export function openApiDocument(): OpenApiDocument {
  return generateOpenApi(
    withExactProblems(contract),
    {
      info: {
        title: 'Product API',
        version: VERSION,
        description: DESCRIPTION,
        contact: { name: 'The operators of this service' },
        // What copyright law says of software that comes without a licence.
        license: {
          name: 'All rights reserved',
          url: 'https://choosealicense.com/no-permission/',
        },
      },
      // Relative to the document, so that it is correct under any path prefix of a proxy.
      servers: [{ url: '.', description: 'This service' }],
      security: [],
      tags: [
        { name: 'products', description: 'The catalog.' },
        { name: 'stock', description: 'Adjustments of the quantity in stock, and their ledger.' },
        { name: 'transfers', description: 'Import and export of many products in one stream.' },
        { name: 'history', description: 'What happened to a product, and how to undo it.' },
        { name: 'changes', description: 'Every change of the catalog, in order.' },
        { name: 'apiKeys', description: 'The keys of the service’s users.' },
        { name: 'health', description: 'For monitors and orchestrators.' },
      ],
      components: {
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            description:
              'An API key. A service can require one for every operation, for writes alone, or for none.',
          },
        },
        headers: mapValues(
          responseHeaders,
          ({ header: _, ...component }: ResponseHeader) => component,
        ),
      },
    },
    {
      setOperationId: 'concatenated-path',
      operationMapper: completeOperation,
    },
  );
}

/** Replaces the general schema of each error response by the schema of its own problems. */
function withExactProblems(router: AppRouter): AppRouter {
  return mapValues(router, (entry) => {
    if (!isAppRoute(entry)) {
      return withExactProblems(entry);
    }
    const problems = problemsOf(entry);
    const responses = mapValues(
      entry.responses,
      (response, status) => problems.get(Number(status))?.schema ?? response,
    );
    return { ...entry, responses };
  });
}

function problemsOf(route: AppRoute): Problems {
  return documentedProblems(metadataOf(route).furtherProblems);
}

/** Adds what the generator omits, and moves what it puts in the wrong place. */
function completeOperation(operation: Operation, route: AppRoute): Operation {
  const metadata = metadataOf(route);
  const problems = problemsOf(route);
  const body = operation.requestBody as { content: JsonContent } | undefined;
  // The generator creates plain objects, never references.
  return {
    ...operation,
    ...keyRequirement(metadata),
    parameters: (operation.parameters as Parameter[]).map(completeParameter),
    ...(body && {
      requestBody: { content: inMediaTypes(body.content, metadata), required: true },
    }),
    ...(metadata.stream?.request && {
      requestBody: { content: streamed(metadata.stream.request), required: true },
    }),
    responses: mapValues(operation.responses as Record<string, Response>, (response, status) =>
      completeResponse(Number(status), response, metadata, problems),
    ),
  } as Operation;
}

/** Returns which keys an operation takes. The empty requirement allows requests without one. */
function keyRequirement({ access }: RouteMetadata): Partial<Operation> {
  switch (access) {
    case 'everyone':
      return {};
    case 'any-key':
    case 'admin':
      return { security: [{ apiKey: [] }] };
    default:
      return { security: [{ apiKey: [] }, {}] };
  }
}

/** Returns a JSON body in each of the media types of its route. */
function inMediaTypes(
  content: JsonContent,
  { mediaTypes = ['application/json'] }: RouteMetadata,
): Record<string, unknown> {
  return Object.fromEntries(mediaTypes.map((each) => [each, content['application/json']]));
}

/** Moves description and example from the schema to the parameter itself, where tools read them. */
function completeParameter(parameter: Parameter): Parameter {
  const { description = parameter.description, example, ...schema } = parameter.schema;
  return {
    ...parameter,
    ...(description !== undefined && { description }),
    ...(example !== undefined && { example }),
    schema,
  };
}

function completeResponse(
  status: number,
  { content }: Response,
  { rate, responses, headers, stream }: RouteMetadata,
  problems: Problems,
): Response {
  const names = [
    ...commonHeaders(status, stream),
    ...(rate === 'none' || status === 429 ? [] : nearLimitHeaders),
    ...(headers?.[status] ?? []),
  ];
  return {
    description: responses[status] ?? problems.get(status)?.description ?? '',
    headers: Object.fromEntries(
      names.map((name) => [sentName(name), { $ref: `#/components/headers/${name}` }]),
    ),
    ...(content && { content: status < 400 ? content : asProblem(content) }),
    ...(status === 200 && stream && { content: streamed(stream.response) }),
  };
}

/** Returns the content of a stream. A schema cannot describe the lines of a text. */
function streamed(examples: Readonly<Record<string, string>>): Record<string, unknown> {
  return mapValues(examples, (example) => ({ schema: { type: 'string' }, example }));
}

/** The headers that any response of a limited route may have, except the one above the limit. */
const nearLimitHeaders = ['RateLimit-Near', 'RateLimit-Policy-Near'] as const;

/** Returns the headers that every response with a status has. */
function commonHeaders(status: number, stream: RouteMetadata['stream']): ResponseHeaderName[] {
  return [
    'X-Request-Id',
    ...(status === 401 || status === 403 ? (['WWW-Authenticate'] as const) : []),
    ...(status === 415 ? ([stream ? 'Accept-Import' : 'Accept'] as const) : []),
    ...(status === 429 ? (['Retry-After', 'RateLimit', 'RateLimit-Policy'] as const) : []),
    ...(status === 503 ? (['Retry-After'] as const) : []),
  ];
}

function asProblem(content: Record<string, unknown>): Record<string, unknown> {
  return { 'application/problem+json': content['application/json'] };
}

function mapValues<Value, Result>(
  object: Readonly<Record<string, Value>>,
  map: (value: Value, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));
}
