import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../processes/run.js';
import { repository } from '../repository.js';

/**
 * Installs the dependencies of the lockfile, unless they are already installed. Writes to standard
 * error.
 *
 * @throws {Error} when the Node version is too old, or the installation fails
 */
export async function installDependencies() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(
      `Expected Node 20.19 or newer, got ${process.versions.node}. Install a newer version.`,
    );
  }
  if (await isInstalled()) {
    return;
  }
  const { packageManager } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
  const command = ['npx', '--yes', packageManager, 'install', '--frozen-lockfile'];
  // On Windows, npx is a batch file, which needs a shell.
  const code = await run(command.join(' '), [], {
    cwd: repository,
    shell: true,
    output: process.stderr,
  });
  if (code !== 0) {
    throw new Error(
      `Installing the dependencies failed: pnpm ended with exit code ${code}. See its output above.`,
    );
  }
}

/** At the end of an installation, pnpm keeps a copy of the lockfile. */
async function isInstalled() {
  const files = ['pnpm-lock.yaml', 'node_modules/.pnpm/lock.yaml'];
  const [wanted, installed] = await Promise.all(
    files.map((file) => readFile(join(repository, file), 'utf8').catch(() => undefined)),
  );
  return wanted !== undefined && wanted === installed;
}
