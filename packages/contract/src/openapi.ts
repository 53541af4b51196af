import type { AppRoute } from '@ts-rest/core';
import { generateOpenApi } from '@ts-rest/open-api';
import { contract } from './contract.js';
import { problems } from './problem.js';
import type { RouteDocumentation } from './route-documentation.js';
import { productApiVersion } from './version.js';

/** The OpenAPI 3.0 document of the service. */
export type OpenApiDocument = ReturnType<typeof generateOpenApi>;

type OperationMapper = NonNullable<
  NonNullable<Parameters<typeof generateOpenApi>[2]>['operationMapper']
>;
type Operation = ReturnType<OperationMapper>;
type Response = { description: string; content?: Record<string, unknown>; headers?: object };

/** Builds the OpenAPI document from the contract. */
export function openApiDocument(): OpenApiDocument {
  return generateOpenApi(
    contract,
    {
      info: {
        title: 'Product API',
        version: productApiVersion,
        description:
          'A product catalog. Errors are problem documents (RFC 9457); changes can be made conditional with entity tags (RFC 9110).',
        license: {
          name: 'UNLICENSED',
          url: 'https://docs.npmjs.com/cli/configuring-npm/package-json#license',
        },
      },
      // Relative to the document, so that it is correct under any path prefix of a proxy.
      servers: [{ url: '.', description: 'This service' }],
      security: [],
      tags: [
        { name: 'products', description: 'The catalog.' },
        { name: 'health', description: 'For monitors and orchestrators.' },
      ],
    },
    { setOperationId: 'concatenated-path', operationMapper: completeOperation },
  );
}

/** Adds what the generator omits: required bodies, response descriptions, headers, media types. */
function completeOperation(operation: Operation, route: AppRoute): Operation {
  const documentation = documentationOf(route);
  const responses = Object.fromEntries(
    // The generator creates plain response objects, never references.
    Object.entries(operation.responses as Record<string, Response>).map(([status, response]) => [
      status,
      completeResponse(Number(status), response, documentation),
    ]),
  );
  const body = operation.requestBody;
  return { ...operation, responses, ...(body && { requestBody: { ...body, required: true } }) };
}

function completeResponse(
  status: number,
  response: Response,
  documentation: RouteDocumentation,
): Response {
  const headers = documentation.headers?.[status];
  return {
    description: documentation.responses[status] ?? problemTitles(status),
    ...(response.content && {
      content: status < 400 ? response.content : asProblem(response.content),
    }),
    ...(headers && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, description]) => [
          name,
          { description, schema: { type: 'string' } },
        ]),
      ),
    }),
  };
}

function asProblem(content: Record<string, unknown>): Record<string, unknown> {
  return { 'application/problem+json': content['application/json'] };
}

function problemTitles(status: number): string {
  const titles = Object.values(problems)
    .filter((problem) => problem.status === status)
    .map((problem) => problem.title);
  return titles.join(', or ');
}

function documentationOf(route: AppRoute): RouteDocumentation {
  // Each route checks its metadata with `satisfies RouteDocumentation`; ts-rest types it as
  // unknown.
  return route.metadata as RouteDocumentation;
}
