import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const pnpm = fileURLToPath(new URL('../../../node_modules/.bin/pnpm', import.meta.url));
const sources = fileURLToPath(new URL('consumer', import.meta.url));

/** A project outside of the workspace, with the programs of test/consumer. */
export interface ConsumerProject {
  readonly folder: string;
  /** Runs Node in the project, and returns what it wrote to its two streams. */
  node(...args: readonly string[]): Promise<{ stdout: string; stderr: string }>;
}

/** The commands that install a project without a network. */
const installers = {
  npm: ['npm', 'install', '--offline', '--no-audit', '--no-fund', '--silent'],
  pnpm: [pnpm, 'install', '--offline', '--ignore-workspace', '--silent'],
} as const;

/** What the programs of the project report when every operation works. */
export const everyOperationDone = [
  'create Lamp',
  'get 12.5',
  'update 9.5',
  'get ifNoneMatch undefined',
  'withEtag.update true',
  'listPage 1 200',
  'list 2',
  'delete undefined',
  'error true',
  'live ok',
  'ready ok',
  'request ok',
];

/**
 * Creates a project with the packed SDK and other dependencies, and installs it.
 *
 * @param folder a folder that does not exist yet
 * @param dependencies the folder or tarball of each dependency
 */
export async function createConsumerProject(
  folder: string,
  dependencies: Readonly<Record<string, string>>,
  installer: keyof typeof installers = 'npm',
): Promise<ConsumerProject> {
  await mkdir(folder);
  await cp(sources, folder, { recursive: true });
  const files = Object.entries(dependencies).map(([name, path]) => [name, `file:${path}`]);
  const manifest = { private: true, dependencies: Object.fromEntries(files) };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const [program, ...args] = installers[installer];
  // On Windows, npm is a batch file, which needs a shell.
  const shell = process.platform === 'win32';
  await run(program, args, { cwd: folder, shell });
  return {
    folder,
    node: (...args) => run(process.execPath, args, { cwd: folder }),
  };
}
