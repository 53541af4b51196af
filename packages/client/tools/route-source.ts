import { z } from 'zod';
import { checkName, type SchemaSource } from './schema-source.js';

/** The fields of a route of ts-rest that the SDK needs. */
interface ContractRoute {
  readonly method: string;
  readonly path: string;
  readonly responses: Readonly<Record<number, unknown>>;
}

/** The routes of one group of operations. */
export interface RouteGroup {
  readonly name: string;
  readonly routes: Readonly<Record<string, ContractRoute>>;
}

/** Returns the declaration of `routes`. */
export function routesSource(groups: readonly RouteGroup[], source: SchemaSource): string {
  const lines = groups.map(
    ({ name, routes }) =>
      `  ${name}: {\n${Object.entries(routes)
        .map(([route, declared]) => `    ${route}: ${routeSource(declared, source)},\n`)
        .join('')}  },\n`,
  );
  return `/** The routes of the contract, each with its success. */\nexport const routes = {\n${lines.join('')}};\n`;
}

/** Returns the schema of the body of a route's success. */
export function successBody<Body>(route: {
  readonly responses: { readonly 200: z.ZodType<Body, z.ZodTypeDef, unknown> };
}): z.ZodType<Body, z.ZodTypeDef, unknown> {
  return route.responses[200];
}

/**
 * Returns the source of the pattern of a product's id.
 *
 * @throws {Error} when the id has none
 */
export function idPattern(product: z.ZodObject<{ id: z.ZodString }>): string {
  for (const check of product.shape.id._def.checks) {
    if (check.kind === 'regex') {
      return String(check.regex);
    }
  }
  throw new Error('Expected the schema of a product id to have a pattern');
}

function routeSource({ method, path, responses }: ContractRoute, source: SchemaSource): string {
  const successes = Object.keys(responses)
    .map(Number)
    .filter((status) => status < 300);
  const [status] = successes;
  if (status === undefined || successes.length > 1) {
    throw new Error(`Expected one success of ${method} ${path}, got ${successes.length}`);
  }
  const body = bodySource(responses[status], source);
  if (body === undefined) {
    throw new Error(
      `The body of ${method} ${path} needs a name: add its schema to \`named\` in tools/generate-contract.ts`,
    );
  }
  return `{ method: '${method}', path: '${path}', status: ${status}, ${body} }`;
}

/** Returns undefined for a schema without a name. */
function bodySource(body: unknown, source: SchemaSource): string | undefined {
  if (!(body instanceof z.ZodType)) {
    return 'body: check.nothing()';
  }
  const name = source.nameOf(body);
  return name === undefined ? undefined : `body: ${checkName(name)}`;
}
