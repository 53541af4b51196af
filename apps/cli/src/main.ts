#!/usr/bin/env node
import { createClient, productApiVersion } from '@product-api/client';
import { readConfig } from './config.js';
import { InterruptedError } from './interrupted-error.js';
import { run } from './run.js';

const { stdin, stdout, stderr } = process;
const interruption = new AbortController();
// Once only: a second Ctrl-C ends the process at once.
process.once('SIGINT', () => interruption.abort(new InterruptedError()));
// Each write learns of its own failure; without a listener the event would end the process.
for (const stream of [stdout, stderr]) {
  stream.on('error', () => {});
}

process.exitCode = await run(process.argv.slice(2), {
  connect: createClient,
  config: readConfig(),
  version: productApiVersion,
  stdin,
  stdout,
  stderr,
  signal: interruption.signal,
});
