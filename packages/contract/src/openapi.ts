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
type Answer = { description: string; content?: Record<string, unknown>; headers?: object };

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
      // Relative to where the document is, so that it holds under any path prefix of a proxy.
      servers: [{ url: '.', description: 'This service' }],
      security: [],
      tags: [
        { name: 'products', description: 'The catalog.' },
        { name: 'health', description: 'What monitors and orchestrators ask.' },
      ],
    },
    { setOperationId: 'concatenated-path', operationMapper: completeOperation },
  );
}

/** Adds what the generator leaves out: required bodies, sentences for answers, headers, media types of problems. */
function completeOperation(operation: Operation, route: AppRoute): Operation {
  const documentation = documentationOf(route);
  const responses = Object.fromEntries(
    // The generator makes plain response objects, never references.
    Object.entries(operation.responses as Record<string, Answer>).map(([status, answer]) => [
      status,
      completeAnswer(Number(status), answer, documentation),
    ]),
  );
  const body = operation.requestBody;
  return { ...operation, responses, ...(body && { requestBody: { ...body, required: true } }) };
}

function completeAnswer(status: number, answer: Answer, documentation: RouteDocumentation): Answer {
  const headers = documentation.headers?.[status];
  return {
    description: documentation.answers[status] ?? problemTitles(status),
    ...(answer.content && { content: status < 400 ? answer.content : asProblem(answer.content) }),
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
  // Every route of the contract satisfies RouteDocumentation; ts-rest types its metadata as unknown.
  return route.metadata as RouteDocumentation;
}
