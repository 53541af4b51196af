/**
 * Generates the two clients with `prisma generate`, without network access: the command does not
 * run the schema engine, but downloads it unless PRISMA_SCHEMA_ENGINE_BINARY names a file.
 *
 *     node tools/generate.js
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writePostgresqlSchema } from './derive-postgresql.js';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
await writePostgresqlSchema(packageFolder);
for (const schema of ['schema.prisma', 'postgresql/schema.prisma']) {
  process.exitCode ||= generate(schema);
}

/**
 * @param {string} schema
 * @returns {number} the exit code
 */
function generate(schema) {
  const manifest = createRequire(import.meta.url).resolve('prisma/package.json');
  const cli = join(dirname(manifest), 'build', 'index.js');
  const { status } = spawnSync(process.execPath, [cli, 'generate', '--schema', schema], {
    cwd: packageFolder,
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: fileURLToPath(new URL('schema-engine.js', import.meta.url)),
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
    stdio: 'inherit',
  });
  return status ?? 1;
}
