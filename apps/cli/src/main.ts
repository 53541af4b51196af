#!/usr/bin/env node
import { createClient, VERSION } from '@product-api/client';
import { InterruptedError } from './errors.js';
import { exitCodes } from './exit-codes.js';
import { run } from './run.js';
import { readConfig } from './settings/config.js';

const { stdin, stdout, stderr } = process;
const interruption = new AbortController();
// A second Ctrl-C ends the process immediately.
process.once('SIGINT', () => interruption.abort(new InterruptedError()));
// Every write reports its own error; without a listener the event would end the process.
for (const stream of [stdout, stderr]) {
  stream.on('error', () => {});
}

const exitCode = await run(process.argv.slice(2), {
  connect: createClient,
  config: readConfig(),
  version: VERSION,
  stdin,
  stdout,
  stderr,
  signal: interruption.signal,
});
process.exitCode = exitCode;
if (exitCode === exitCodes.interrupted.code) {
  // Ends by the signal, so that a shell also ends the loop or the script around the command.
  process.kill(process.pid, 'SIGINT');
}
