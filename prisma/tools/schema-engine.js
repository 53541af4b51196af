#!/usr/bin/env node
/**
 * Stands in for the schema engine that Prisma's commands would download: the same engine as
 * WebAssembly, behind the same JSON-RPC over standard input and output. prisma.config.ts names this
 * file. `migrate status`, `deploy`, `resolve` and `diff` work; in place of `migrate dev` there is
 * new-migration.js.
 */
import { argv, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline';
import { noFilters, openEngine } from './open-engine.js';

// `cli can-connect-to-database` and the like need no answer: libSQL makes the file when it opens it.
if (!argv.includes('cli')) {
  await serve();
}

async function serve() {
  const engine = await openEngine(datasourceUrl());
  for await (const line of createInterface({ input: stdin })) {
    const request = JSON.parse(line);
    // What has no method acknowledges a diff that was printed.
    if (request.method !== undefined) {
      send(await answer(engine, request));
    }
  }
}

function datasourceUrl() {
  const at = argv.indexOf('--datasource');
  const datasource = at < 0 ? {} : JSON.parse(argv[at + 1] ?? '{}');
  return datasource.url ?? ':memory:';
}

async function answer(engine, { id, method, params }) {
  try {
    if (params?.migrationsList !== undefined) {
      await createBook(engine, params);
    }
    const result = (await engine[method](params)) ?? {};
    return { id, result: method === 'diff' ? printed(result) : result };
  } catch (error) {
    return { id, error: rpcError(error) };
  }
}

/** The WebAssembly engine fails, unlike the native one, where `_prisma_migrations` is missing. */
async function createBook(engine, { migrationsList, filters = noFilters }) {
  await engine.applyMigrations({
    migrationsList: { ...migrationsList, migrationDirectories: [] },
    filters,
  });
}

/** The native engine asks the command to print a diff and answers with the exit code alone. */
function printed({ exitCode, stdout: content }) {
  send({ id: 1, method: 'print', params: { content } });
  return { exitCode, stdout: null };
}

/** The native engine's form of an error, without the trace that follows the message. */
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
