import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a program in a folder until it ends, with the standard input and output of this process.
 * Forwards SIGINT and SIGTERM to the program.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{
 *   cwd: string,
 *   env?: NodeJS.ProcessEnv,
 *   shell?: boolean,
 *   output?: NodeJS.WriteStream,
 *   quietMs?: number,
 * }} options `output`: what the program writes to. Default: standard output and standard error.
 *   `quietMs`: write the output to standard error, and only if the program takes longer than this
 *   many milliseconds, or fails. Default: 0, which writes it at once.
 * @returns {Promise<number>} the exit code; 1 when a signal ended the program
 * @throws {Error} when the program cannot be started
 */
export async function run(program, args, { quietMs = 0, output, ...options }) {
  const written = quietMs > 0 ? 'pipe' : (output ?? 'inherit');
  const child = spawn(program, args, { ...options, stdio: ['inherit', written, written] });
  const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  const show = bufferOutput(child, quietMs);
  try {
    await once(child, 'close');
    if (child.exitCode !== 0) {
      show();
    }
    return child.exitCode ?? 1;
  } finally {
    process.off('SIGINT', forward).off('SIGTERM', forward);
  }
}

/**
 * Buffers the output of a child process until the time is over or the returned function is called.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} quietMs
 * @returns {() => void}
 */
function bufferOutput(child, quietMs) {
  /** @type {Buffer[]} */
  const buffered = [];
  let shown = false;
  const show = () => {
    shown = true;
    process.stderr.write(Buffer.concat(buffered.splice(0)));
  };
  const bufferOrShow = (/** @type {Buffer} */ chunk) => {
    buffered.push(chunk);
    if (shown) {
      show();
    }
  };
  child.stdout?.on('data', bufferOrShow);
  child.stderr?.on('data', bufferOrShow);
  const timer = setTimeout(show, quietMs);
  child.once('close', () => clearTimeout(timer));
  return show;
}
