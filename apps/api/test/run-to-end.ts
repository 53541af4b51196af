import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@product-api/testing';

/** The exit code and the output of a run of the service. */
export interface Run {
  readonly code: number | null;
  /** Standard output and standard error. */
  readonly output: string;
  /** Standard error alone. */
  readonly errors: string;
}

/**
 * Runs the built service until it ends by itself, on any free port by default. It is killed after
 * 60 s.
 *
 * @param launcher a command that runs the command after it
 */
export async function runToEnd(
  env: Readonly<Record<string, string>>,
  launcher: readonly string[] = [],
): Promise<Run> {
  const folder = await temporaryFolder();
  const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
  const [program = process.execPath, ...args] = [...launcher, process.execPath, main];
  const service = spawn(program, args, {
    cwd: folder.path,
    env: { PORT: '0', ...env },
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  let output = '';
  let errors = '';
  service.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  service.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    errors += text;
  });
  const [code] = await once(service, 'close');
  await folder.remove();
  return { code, output, errors };
}
