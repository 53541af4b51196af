import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { eventually } from '@product-api/testing';
import { expect, onTestFinished } from 'vitest';

/** A program that runs in a terminal. */
export interface InTerminal {
  /** Types a text; `\r` is Enter, `\t` Tab, and `\x03` Ctrl-C. */
  type(text: string): void;
  /** Waits until the terminal shows a text, and returns all that it has shown. */
  shows(text: string): Promise<string>;
  /** Resolves when the program has ended, with its exit code. */
  readonly exit: Promise<number | null>;
}

/** A character and the backspace that removes it. */
const BACKSPACES = /.[\b]/g;

/**
 * Runs a command of the shell in a terminal until the end of the test.
 *
 * @param env the whole environment of the command
 */
export function startInTerminal(command: string, env: Record<string, string>): InTerminal {
  // `script` connects a terminal with standard input and output. macOS has another one than Linux.
  const args =
    process.platform === 'darwin'
      ? ['-q', '/dev/null', '/bin/sh', '-c', command]
      : ['-qefc', command, '/dev/null'];
  const child = spawn('script', args, { env: { TERM: 'dumb', SHELL: '/bin/sh', ...env } });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let screen = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
    });
  }
  return {
    type: (text) => void child.stdin.write(text),
    shows: (text) =>
      eventually(() => {
        const texts = stripVTControlCharacters(screen).replace(BACKSPACES, '');
        expect(texts).toContain(text);
        return texts;
      }),
    exit: new Promise((resolve) => child.once('close', resolve)),
  };
}
