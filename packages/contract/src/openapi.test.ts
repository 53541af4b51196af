import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from './contract.js';
import { openApiDocument } from './openapi.js';

const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'openapi-'));
});

afterAll(() => rm(folder, { recursive: true }));

test('Redocly finds neither an error nor a warning', async () => {
  const file = path.join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(openApiDocument()));
  const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
  const { stdout } = await run(process.execPath, [cli, 'lint', file, '--format=json'], {
    cwd: folder,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  });
  expect(JSON.parse(stdout)).toMatchObject({ totals: { errors: 0, warnings: 0, ignored: 0 } });
});

test('an independent validator accepts the document', async () => {
  const result = await new Validator().validate(structuredClone(openApiDocument()));
  expect(result).toMatchObject({ valid: true });
});

test('the document has every route of the contract, with every declared status', () => {
  const { paths } = openApiDocument();
  for (const route of Object.values(contract).flatMap((group) => Object.values(group))) {
    const operation = paths[route.path.replace(/:(\w+)/, '{$1}')][route.method.toLowerCase()];
    expect(Object.keys(operation.responses)).toEqual(Object.keys(route.responses));
  }
});

test('each group of routes has a tag with a description', () => {
  const tags = openApiDocument().tags?.map(({ name }) => name);
  expect(tags).toEqual(Object.keys(contract));
});

test('problems are documented as problem documents', () => {
  const { responses } = openApiDocument().paths['/products/{id}'].get;
  expect(Object.keys(responses[404].content)).toEqual(['application/problem+json']);
});

test('the body of a request is required', () => {
  const { paths } = openApiDocument();
  expect(paths['/products'].post.requestBody).toMatchObject({ required: true });
  expect(paths['/products/{id}'].put.requestBody).toMatchObject({ required: true });
});
