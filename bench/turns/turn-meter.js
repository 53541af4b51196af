// Preloaded into the service: measures each turn of the event loop, and on SIGUSR2 writes the
// longest one since the last SIGUSR2 as a line of JSON to standard error.
//
// A turn is measured by the processor time of its thread, which is not longer on a busy machine.
// Only Linux has it: proc_pid_schedstat(5).
import { openSync, readSync } from 'node:fs';

const schedstat = openSync('/proc/self/schedstat');
const text = Buffer.alloc(100);
let longestMs = 0;
let beganAt = processorMs();

function processorMs() {
  const length = readSync(schedstat, text, 0, text.length, 0);
  return Number.parseInt(text.latin1Slice(0, length), 10) / 1e6;
}

function endTurn() {
  const endedAt = processorMs();
  longestMs = Math.max(longestMs, endedAt - beganAt);
  beganAt = endedAt;
  setImmediate(endTurn).unref();
}

process.on('SIGUSR2', () => {
  process.stderr.write(`${JSON.stringify({ longestTurnMs: longestMs })}\n`);
  longestMs = 0;
});
setImmediate(endTurn).unref();
