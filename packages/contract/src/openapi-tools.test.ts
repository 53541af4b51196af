import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Validator } from '@seriousme/openapi-schema-validator';
import spectral, { type RulesetDefinition } from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiDocument } from './openapi.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openapi-'));
  await writeFile(path.join(folder, 'openapi.json'), JSON.stringify(openApiDocument()));
});

afterAll(() => rm(folder, { recursive: true }));

/** Runs a program of a package in the folder of the document, and returns its output. */
async function run(program: string, ...args: string[]) {
  const file = fileURLToPath(new URL(`../${program}`, import.meta.url));
  return promisify(execFile)(file, args, {
    cwd: folder,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
}

/** Compiles a program that uses generated types; throws with the compiler's output if it fails. */
async function compile(source: string): Promise<void> {
  await writeFile(path.join(folder, 'usage.ts'), source);
  const options = ['--noEmit', '--strict', '--target', 'es2023', '--module', 'nodenext'];
  await run('../../node_modules/.bin/tsc', ...options, 'usage.ts').catch((error) =>
    expect.fail(error.stdout),
  );
}

test('Redocly finds neither an error nor a warning', async () => {
  const { stdout } = await run(
    'node_modules/.bin/redocly',
    'lint',
    'openapi.json',
    '--format=json',
  );
  expect(JSON.parse(stdout)).toMatchObject({ totals: { errors: 0, warnings: 0, ignored: 0 } });
});

test('Spectral finds neither an error nor a warning', async () => {
  const linter = new spectral.Spectral();
  // Its own types do not fit together.
  linter.setRuleset(rulesets.oas as RulesetDefinition);
  expect(await linter.run(openApiDocument())).toEqual([]);
});

test('an independent validator accepts the document', async () => {
  const result = await new Validator().validate(structuredClone(openApiDocument()));
  expect(result).toMatchObject({ valid: true });
});

test('openapi-typescript generates types that narrow a problem by its type', async () => {
  const args = ['openapi.json', '-o', 'schema.ts'];
  const { stdout, stderr } = await run('node_modules/.bin/openapi-typescript', ...args);
  expect(stdout + stderr).not.toMatch(/warn|error/i);
  await compile(`
    import type { paths } from './schema.js';
    type Responses = paths['/products/{id}']['put']['responses'];
    type Problem = Responses[400 | 404 | 412]['content']['application/problem+json'];
    export function fields(problem: Problem): string[] {
      if (problem.type === 'urn:product-api:problem:validation-error') {
        const status: 400 = problem.status;
        return problem.errors.map(({ field }) => field);
      }
      // @ts-expect-error the other problems have no errors
      return problem.errors;
    }
    export const seconds: number = null! as Responses[503]['headers']['Retry-After'];
  `);
});

test('orval generates a client that narrows a response by its status', async () => {
  const args = ['--input', './openapi.json', '--output', './client.ts', '--client', 'fetch'];
  const { stdout, stderr } = await run('node_modules/.bin/orval', ...args);
  expect(stdout + stderr).not.toMatch(/warn|error/i);
  await compile(`
    import { productsUpdate } from './client.js';
    export async function reduce(id: string, tag: string) {
      const response = await productsUpdate(id, { price: 1 }, { headers: { 'If-Match': tag } });
      if (response.status === 412) {
        const type: 'urn:product-api:problem:precondition-failed' = response.data.type;
      } else if (response.status === 200) {
        const price: number = response.data.price;
      }
    }
  `);
});
