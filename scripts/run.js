import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs a program to its end, in the folder given, with this process's standard input and output.
 * Signals that ask this process to end are passed on to the program.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{
 *   cwd: string,
 *   env?: NodeJS.ProcessEnv,
 *   shell?: boolean,
 *   quietMs?: number,
 * }} options `quietMs`: what the program writes is shown only when it takes longer than so many
 *   milliseconds, or fails; default 0.
 * @returns {Promise<number>} its exit code; 1 when a signal ended it
 * @throws {Error} when the program cannot be run at all
 */
export async function run(program, args, { quietMs = 0, ...options }) {
  const output = quietMs === 0 ? 'inherit' : 'pipe';
  const child = spawn(program, args, { ...options, stdio: ['inherit', output, output] });
  const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.on('SIGINT', pass).on('SIGTERM', pass);
  const show = holdBack(child, quietMs);
  try {
    await once(child, 'close');
    if (child.exitCode !== 0) {
      show();
    }
    return child.exitCode ?? 1;
  } finally {
    process.off('SIGINT', pass).off('SIGTERM', pass);
  }
}

/**
 * Keeps what a child process writes until the time is over or the function it answers is called.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} quietMs
 * @returns {() => void}
 */
function holdBack(child, quietMs) {
  /** @type {Buffer[]} */
  const held = [];
  let shown = false;
  const show = () => {
    shown = true;
    process.stdout.write(Buffer.concat(held.splice(0)));
  };
  const keepOrShow = (/** @type {Buffer} */ chunk) => {
    held.push(chunk);
    if (shown) {
      show();
    }
  };
  child.stdout?.on('data', keepOrShow);
  child.stderr?.on('data', keepOrShow);
  const timer = setTimeout(show, quietMs);
  child.once('close', () => clearTimeout(timer));
  return show;
}
