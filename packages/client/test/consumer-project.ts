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

/** How a project is installed. */
export interface ConsumerProjectOptions {
  /** Default: npm. */
  readonly installer?: keyof typeof installers;
  /** The folders of the other packages, by name. Default: none. */
  readonly others?: Readonly<Record<string, string>>;
}

/** The settings of the service that the programs of the project call. */
export const serviceSettings = {
  AUTH: 'all',
  ADMIN_API_KEY: 'admin-key-0123456789-0123456789-abcdef',
};

/** What the programs of the project report when every operation works. */
export const everyOperationDone = [
  'create Lamp',
  'get 12.5',
  'update 9.5',
  'get ifNoneMatch undefined',
  'withEtag.update true',
  'listPage 1 200',
  'list 2',
  'adjustStock 5',
  'stock.adjust 1',
  'stock.ledger -1,2,3',
  'stock.ledgerPage 1',
  'getMany 8',
  'batcher 8',
  'export 8',
  'delete undefined',
  'restore 8',
  'history create,delete',
  'historyPage 1',
  'follow create,update',
  'sync true',
  'error true',
  'apiKeys.create and self products:read',
  'forbidden true products:write',
  'apiKeys.rotate shop',
  'apiKeys.list true',
  'apiKeys.revoke undefined',
  'live ok',
  'ready ok',
  'request ok',
];

/**
 * Creates a project, installs the packed SDK, and adds copies of other packages.
 *
 * @param folder a folder that does not exist yet
 */
export async function createConsumerProject(
  folder: string,
  tarball: string,
  { installer = 'npm', others = {} }: ConsumerProjectOptions = {},
): Promise<ConsumerProject> {
  await mkdir(folder);
  await cp(sources, folder, { recursive: true });
  const manifest = { private: true, dependencies: { '@product-api/client': `file:${tarball}` } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const [program, ...args] = installers[installer];
  // On Windows, npm is a batch file, which needs a shell.
  const shell = process.platform === 'win32';
  await run(program, args, { cwd: folder, shell });
  for (const [name, source] of Object.entries(others)) {
    const target = join(folder, 'node_modules', name);
    await cp(source, target, { recursive: true, dereference: true });
  }
  return { folder, node: (...args) => run(process.execPath, args, { cwd: folder }) };
}
