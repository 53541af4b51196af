import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The exit code and the output of a run of a program. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `catalog-admin` on a database file. */
export function admin(file: string, ...args: string[]): Promise<Run> {
  const script = fileURLToPath(new URL('../dist/admin.js', import.meta.url));
  return run(process.execPath, [script, ...args], { DATABASE_URL: `file:${file}` });
}

/** Runs a program until it ends. */
export function run(program: string, args: string[], env = {}): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}
