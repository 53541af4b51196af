import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './repository.js';
import { run } from './run.js';

/**
 * Installs the dependencies that the lockfile names, unless they are installed already.
 *
 * @throws {Error} when this Node is too old or the installation fails
 */
export async function install() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Node 20.19 or newer is needed; this is ${process.versions.node}`);
  }
  if (await isInstalled()) {
    return;
  }
  const { packageManager } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  const command = ['npx', '--yes', packageManager, 'install', '--frozen-lockfile'];
  // On Windows npx is a batch file, which only a shell can run.
  const code = await run(command.join(' '), [], { cwd: repository, shell: true });
  if (code !== 0) {
    throw new Error(`The dependencies could not be installed: pnpm ended with exit code ${code}`);
  }
}

/** pnpm ends an installation by keeping a copy of the lockfile that it followed. */
async function isInstalled() {
  const files = ['pnpm-lock.yaml', 'node_modules/.pnpm/lock.yaml'];
  const [wanted, installed] = await Promise.all(
    files.map((file) => readFile(join(repository, file), 'utf8').catch(() => undefined)),
  );
  return wanted !== undefined && wanted === installed;
}
