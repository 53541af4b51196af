import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

const { env } = process;
const url = env['DATABASE_URL'];

// Without this variable every Prisma command downloads its engine first. Windows cannot start a
// script as a program, so there the commands that need an engine do download it.
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
