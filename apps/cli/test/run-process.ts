import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '@product-api/testing';
import { expect, onTestFinished } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** A command in a process of its own, for a command that runs on. */
export interface RunningCommand {
  /** Waits until standard output has as many lines, and returns them. */
  lines(count: number): Promise<string[]>;
  /** Waits until standard error has a text, and returns all of it. */
  says(text: string): Promise<string>;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when the process has ended, with its exit code or the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals | null>;
}

/** Starts a command of the built package until the end of the test. */
export function startCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): RunningCommand {
  // The folder has no profiles.
  const settings = { XDG_CONFIG_HOME: join(tmpdir(), 'no-settings'), ...env };
  const child = spawn(process.execPath, [main, ...args], { env: settings });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  return {
    lines: (count) =>
      eventually(() => {
        const lines = texts.stdout.split('\n').slice(0, -1);
        expect(lines.length, texts.stderr).toBeGreaterThanOrEqual(count);
        return lines;
      }),
    says: (text) =>
      eventually(() => {
        expect(texts.stderr).toContain(text);
        return texts.stderr;
      }),
    signal: (signal) => void child.kill(signal),
    exit: new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal))),
  };
}
