import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testEnvironment } from './environment.js';
import { findProgram } from './find-program.js';

/** Whether packages can be installed without asking anybody: as root, with apt-get at hand. */
export async function canInstallDebianPackages(): Promise<boolean> {
  return process.getuid?.() === 0 && (await findProgram(['apt-get'])) !== undefined;
}

/**
 * Installs a Debian package, with what it needs and nothing that it only recommends. Shows
 * apt-get's progress on standard output, and waits for another apt-get that is at work.
 *
 * @throws Error when the package cannot be installed.
 */
export async function installDebianPackage(name: string): Promise<void> {
  // Whether lists that could not be renewed are good enough is for the installation to say.
  await aptGet(['update']);
  const code = await aptGet(['install', '--yes', '--no-install-recommends', name]);
  if (code !== 0) {
    throw new Error(`apt-get install ${name} failed with exit code ${code}`);
  }
}

async function aptGet(args: readonly string[]): Promise<number | null> {
  // The timeout is for other users of dpkg; two tests side by side would also fight over the
  // package lists, for which apt-get does not wait.
  const lock = join(tmpdir(), 'product-api-apt-get.lock');
  const command = ['apt-get', '-o', 'DPkg::Lock::Timeout=600', ...args];
  const child = spawn('flock', [lock, ...command], {
    env: { ...testEnvironment().system, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await once(child, 'close');
  return child.exitCode;
}
