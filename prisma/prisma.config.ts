import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

const { env } = process;
const url = env['DATABASE_URL'];

// Without this variable, every Prisma command first downloads its schema engine. Windows cannot run
// a script as a program, so Prisma downloads the engine there.
if (process.platform !== 'win32') {
  env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= fileURLToPath(
    new URL('./tools/schema-engine.js', import.meta.url),
  );
}

export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  datasource: url === undefined ? {} : { url },
});
