import { execFile } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { migrate } from '../src/migrate.js';
import { temporaryFile, temporaryFolder } from './temporary-database.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

test("prisma's own migrate status finds a migrated database up to date", async () => {
  const { url } = temporaryFile();
  const status = () => prisma(['migrate', 'status'], url);
  await expect(status()).rejects.toMatchObject({
    stdout: expect.stringContaining('have not yet been applied'),
  });
  await migrate({ url });
  expect((await status()).stdout).toContain('Database schema is up to date!');
});

test("migrate accepts the migrations that prisma's own migrate deploy has applied", async () => {
  const { url } = temporaryFile();
  await prisma(['migrate', 'deploy'], url);
  expect(await migrate({ url })).toEqual([]);
});

test('the drift check passes for this package', async () => {
  expect((await tool('check-drift', [])).stdout).toContain('The migrations match schema.prisma');
});

test('the drift check fails for a changed schema until the next migration is written', async () => {
  const folder = copyOfPackage();
  const schema = join(folder, 'schema.prisma');
  const field = '  description   String\n';
  writeFileSync(schema, readFileSync(schema, 'utf8').replace(field, `${field}  colour String?\n`));
  await expect(tool('check-drift', [folder])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ADD COLUMN "colour" TEXT'),
  });
  await tool('new-migration', ['product_colour', folder]);
  expect((await tool('check-drift', [folder])).stdout).toContain('The migrations match');
  expect((await tool('new-migration', ['again', folder])).stdout).toContain('Nothing to do');
});

test('a migration with an invalid name is refused', async () => {
  await expect(tool('new-migration', ['../x', copyOfPackage()])).rejects.toMatchObject({ code: 2 });
});

const run = promisify(execFile);

function tool(name: string, args: string[]) {
  return run(process.execPath, [join(packageFolder, 'tools', `${name}.js`), ...args]);
}

function prisma(args: string[], url: string) {
  const manifest = createRequire(import.meta.url).resolve('prisma/package.json');
  const cli = join(dirname(manifest), 'build', 'index.js');
  const env = { PATH: dirname(process.execPath), DATABASE_URL: url, CHECKPOINT_DISABLE: '1' };
  return run(process.execPath, [cli, ...args], { cwd: packageFolder, env });
}

function copyOfPackage(): string {
  const folder = temporaryFolder();
  for (const name of ['schema.prisma', 'migrations']) {
    cpSync(join(packageFolder, name), join(folder, name), { recursive: true });
  }
  return folder;
}
