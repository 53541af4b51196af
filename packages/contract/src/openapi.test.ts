import { expect, test } from 'vitest';
import { contract } from './contract.js';
import { openApiDocument } from './openapi.js';

test('the document has every route of the contract, with every declared status', () => {
  const { paths } = openApiDocument();
  for (const route of Object.values(contract).flatMap((group) => Object.values(group))) {
    const operation = paths[route.path.replace(/:(\w+)/, '{$1}')][route.method.toLowerCase()];
    expect(Object.keys(operation.responses)).toEqual(Object.keys(route.responses));
  }
});

interface Operation {
  readonly parameters: readonly {
    readonly in: string;
    readonly description?: string;
    readonly schema: object;
  }[];
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { schema: ProblemReference }>> }>
  >;
}

/** The schema of an error response: of one kind of problem, or of several. */
interface ProblemReference {
  readonly $ref?: string;
  readonly oneOf?: readonly { readonly $ref: string }[];
}

/** Returns every operation of the document. */
function operations(): Operation[] {
  return Object.values<Record<string, Operation>>(openApiDocument().paths).flatMap((path) =>
    Object.values(path),
  );
}

test('each error response is a problem document with its own type and status', () => {
  const { schemas = {} } = openApiDocument().components ?? {};
  for (const { responses } of operations()) {
    const errors = Object.entries(responses).filter(([status]) => Number(status) >= 400);
    for (const [status, { content }] of errors) {
      expect(Object.keys(content)).toEqual(['application/problem+json']);
      const schema = content['application/problem+json']?.schema;
      const references = (schema?.oneOf ?? [schema]).map((each) => each?.$ref ?? '');
      for (const reference of references) {
        expect(schemas[reference.replace('#/components/schemas/', '')]).toMatchObject({
          properties: {
            type: { enum: [expect.stringMatching(/^urn:product-api:problem:/)] },
            status: { type: 'integer', enum: [Number(status)] },
            title: { example: expect.any(String) },
            detail: { example: expect.any(String) },
          },
        });
      }
    }
  }
});

test('a parameter has its description and example itself, and a header has no example', () => {
  const parameters = operations().flatMap((operation) => operation.parameters);
  for (const parameter of parameters) {
    expect(parameter.description).toMatch(/./);
    expect(parameter.schema).not.toHaveProperty('description');
    expect(parameter.schema).not.toHaveProperty('example');
    // Swagger UI would send it.
    expect('example' in parameter).toBe(parameter.in === 'path');
  }
});

test('the cursor of a page of examples ends the list', () => {
  expect(openApiDocument().components?.schemas?.['ProductPage']).toMatchObject({
    properties: { next_cursor: { nullable: true, example: null } },
  });
});

test('each group of routes has a tag with a description', () => {
  const tags = openApiDocument().tags?.map(({ name }) => name);
  expect(tags).toEqual(Object.keys(contract));
});

test('the body of a request is required', () => {
  const { paths } = openApiDocument();
  expect(paths['/products'].post.requestBody).toMatchObject({ required: true });
  expect(paths['/products/{id}'].put.requestBody).toMatchObject({ required: true });
});
