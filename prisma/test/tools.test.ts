import { execFile } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eventually } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { runSql } from '@product-api/testing/postgres';
import { expect, test } from 'vitest';
import { migrate } from '../src/migrate.js';
import { emptyPostgresqlUrl, temporaryFile, temporaryFolder } from './temporary-database.js';

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
  changeSchema(folder);
  await expect(tool('check-drift', [folder])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('ADD COLUMN "colour" TEXT'),
  });
  await tool('new-migration', ['product_colour', folder]);
  expect((await tool('check-drift', [folder])).stdout).toContain('The migrations match');
  expect((await tool('new-migration', ['again', folder])).stdout).toContain('Nothing to do');
});

describeWith('postgres')('on a PostgreSQL server', () => {
  test('the drift check passes for this package, and does not touch the database of its URL', async () => {
    const url = await emptyPostgresqlUrl();
    const { stdout } = await tool('check-drift', [packageFolder, url]);
    expect(stdout).toContain('The migrations match schema.prisma');
    const tables = "SELECT FROM pg_tables WHERE schemaname = 'public'";
    expect(await runSql(url, tables)).toEqual([]);
    const shadows = "SELECT FROM pg_database WHERE datname LIKE 'prisma_migrate_shadow%'";
    await eventually(async () => expect(await runSql(url, shadows)).toEqual([]));
  });

  test('the drift check fails for a changed schema until the next migration is written', async () => {
    const url = await emptyPostgresqlUrl();
    const folder = copyOfPackage();
    changeSchema(folder);
    await expect(tool('check-drift', [folder, url])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ADD COLUMN     "colour" TEXT'),
    });
    const { stdout } = await tool('new-migration', ['product_colour', folder, url]);
    expect(stdout).toMatch(/product_colour/);
  });

  test('a schema that the derivation for PostgreSQL does not know is refused', async () => {
    const folder = copyOfPackage();
    const schema = join(folder, 'schema.prisma');
    const changed = readFileSync(schema, 'utf8').replace('seq       Int ', 'seq       BigInt ');
    writeFileSync(schema, changed);
    await expect(tool('check-drift', [folder, await emptyPostgresqlUrl()])).rejects.toMatchObject({
      stderr: expect.stringContaining('schema.prisma has no line like'),
    });
  });

  test('the drift check fails for a migration with another type', async () => {
    const url = await emptyPostgresqlUrl();
    const folder = copyOfPackage();
    const [initial = ''] = readdirSync(join(folder, 'postgresql', 'migrations')).sort();
    const file = join(folder, 'postgresql', 'migrations', initial, 'migration.sql');
    writeFileSync(file, readFileSync(file, 'utf8').replace('C" NOT NULL', 'C"'));
    await expect(tool('check-drift', [folder, url])).rejects.toMatchObject({
      stderr: expect.stringContaining('ALTER COLUMN "name" SET NOT NULL'),
    });
  });
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

/** Adds a column to schema.prisma. */
function changeSchema(folder: string): void {
  const schema = join(folder, 'schema.prisma');
  const field = '  description   String\n';
  writeFileSync(schema, readFileSync(schema, 'utf8').replace(field, `${field}  colour String?\n`));
}

function copyOfPackage(): string {
  const folder = temporaryFolder();
  for (const name of ['schema.prisma', 'migrations', 'postgresql']) {
    cpSync(join(packageFolder, name), join(folder, name), { recursive: true });
  }
  return folder;
}
