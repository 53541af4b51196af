#!/usr/bin/env node
/**
 * Replaces the schema engine that Prisma's commands would download: the same engine as WebAssembly,
 * with the same JSON-RPC over standard input and output. prisma.config.ts names this file.
 * `migrate status`, `deploy`, `resolve` and `diff` work; use new-migration.js instead of
 * `migrate dev`.
 */
import { argv, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { noFilters, openEngine } from './open-engine.js';

// Commands such as `cli can-connect-to-database` need no reply: libSQL creates the file on opening.
if (!argv.includes('cli')) {
  await serve();
}

async function serve() {
  const engine = await openEngine(datasourceUrl());
  for await (const line of createInterface({ input: stdin })) {
    const request = JSON.parse(line);
    // A message without a method acknowledges a printed diff.
    if (request.method !== undefined) {
      send(await handle(engine, request));
    }
  }
}

function datasourceUrl() {
  const at = argv.indexOf('--datasource');
  const datasource = at < 0 ? {} : JSON.parse(argv[at + 1] ?? '{}');
  return datasource.url ?? ':memory:';
}

async function handle(engine, { id, method, params }) {
  try {
    if (params?.migrationsList !== undefined) {
      await createMigrationTable(engine, params);
    }
    const result = (await engine[method](params)) ?? {};
    return { id, result: method === 'diff' ? printDiff(result) : result };
  } catch (error) {
    return { id, error: rpcError(error) };
  }
}

/** Unlike the native engine, the WebAssembly engine fails when `_prisma_migrations` is missing. */
async function createMigrationTable(engine, { migrationsList, filters = noFilters }) {
  await engine.applyMigrations({
    migrationsList: { ...migrationsList, migrationDirectories: [] },
    filters,
  });
}

/** Like the native engine, asks the command to print the diff, and returns only the exit code. */
function printDiff({ exitCode, stdout: content }) {
  send({ id: 1, method: 'print', params: { content } });
  return { exitCode, stdout: null };
}

/** Returns an error in the native engine's format, without the trace after the message. */
function rpcError(error) {
  const message = String(error?.message ?? error).split('\n   0:')[0];
  return {
    code: 4466,
    message: 'An error happened. Check the data field for details.',
    data: { is_panic: false, message, meta: null, error_code: null },
  };
}

function send(message) {
  stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}
