import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  type RunningApi,
  startApi,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packCopy } from '../tools/pack-copy.js';
import {
  type ConsumerProjectOptions,
  createConsumerProject,
  everyOperationDone,
  serviceSettings,
} from './consumer-project.js';

const { resolve } = createRequire(import.meta.url);
/** Returns the folder of a package that this workspace has. */
const folderOf = (name: string) => dirname(resolve(`${name}/package.json`));

let api: RunningApi;
let folder: TemporaryFolder;
let tarball: string;

beforeAll(async () => {
  [api, folder] = await Promise.all([startApi({ env: serviceSettings }), temporaryFolder()]);
  tarball = await packCopy(folder.path);
});
afterAll(async () => {
  await api?.stop();
  await folder?.remove();
});

describe.each<[string, ConsumerProjectOptions]>([
  ['nothing else', {}],
  ['zod 3', { others: { zod: folderOf('zod') } }],
  ['zod 4', { others: { zod: folderOf('zod-4') } }],
  [
    'another version of ts-rest',
    { others: { '@ts-rest/core': folderOf('ts-rest-core-3-51'), zod: folderOf('zod') } },
  ],
  ['nothing else, installed by pnpm', { installer: 'pnpm' }],
])('a project with %s', (name, options) => {
  test('runs every operation, as an ES module and with require', async () => {
    const path = folder.file(name.replaceAll(/\W/g, '-'));
    const project = await createConsumerProject(path, tarball, options);
    for (const program of ['esm.mjs', 'commonjs.cjs']) {
      const args = [api.baseUrl, serviceSettings.ADMIN_API_KEY];
      const { stdout, stderr } = await project.node(program, ...args);
      expect({ program, done: JSON.parse(stdout), stderr }).toEqual({
        program,
        done: everyOperationDone,
        stderr: '',
      });
    }
  });
});

test('the types need no other package, with each way to resolve modules', async () => {
  const project = await createConsumerProject(folder.file('types'), tarball);
  const compiler = join(folderOf('typescript'), 'bin', 'tsc');
  const strict = ['--strict', '--noEmit', '--lib', 'es2022,dom', '--types', ''];
  for (const [module, moduleResolution] of [
    ['nodenext', 'nodenext'],
    ['preserve', 'bundler'],
  ] as const) {
    const resolution = ['--module', module, '--moduleResolution', moduleResolution];
    const compile = project.node(compiler, ...strict, ...resolution, 'types.mts');
    expect(await compile.catch(({ stdout }) => ({ stdout }))).toMatchObject({ stdout: '' });
  }
});
