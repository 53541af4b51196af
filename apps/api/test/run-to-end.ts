import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@product-api/testing';

/** How a run of the service ended, and what it wrote. */
export interface Run {
  readonly code: number | null;
  /** Standard output and standard error. */
  readonly output: string;
  /** Standard error alone. */
  readonly errors: string;
}

/**
 * Runs the built service, on any free port by default, which is expected to end by itself; it is killed after 60 s.
 * @param launcher a command that ends by running the one that follows it
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
