import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testEnvironment } from './environment.js';
import { findProgram } from './find-program.js';

/** Whether packages can be installed without asking anybody: as root, with apt-get at hand. */
export async function canInstallDebianPackages(): Promise<boolean> {
  return process.getuid?.() === 0 && (await findProgram(['apt-get'])) !== undefined;
}

/** A package to install. */
export interface DebianPackage {
  readonly name: string;
  /** The system service that the package brings; it is neither started nor enabled. */
  readonly service?: string;
}

/**
 * Installs a Debian package, with what it needs and nothing that it only recommends. Shows
 * apt-get's progress on standard output, and waits for another apt-get that is at work.
 *
 * @throws Error when the package cannot be installed.
 */
export async function installDebianPackage({ name, service }: DebianPackage): Promise<void> {
  // Whether lists that could not be renewed are good enough is for the installation to say.
  await aptGet(['update']);
  const install = () => aptGet(['install', '--yes', '--no-install-recommends', name]);
  const code = await (service === undefined ? install() : withoutStartingServices(install));
  if (code !== 0) {
    throw new Error(`apt-get install ${name} failed with exit code ${code}`);
  }
  if (service !== undefined) {
    await runCommand('update-rc.d', [service, 'disable']);
  }
}

/** Every package asks this program before it starts a service; exit code 101 forbids it (policy-rc.d(8)). */
const servicePolicy = '/usr/sbin/policy-rc.d';

async function withoutStartingServices<T>(install: () => Promise<T>): Promise<T> {
  try {
    await writeFile(servicePolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' });
  } catch {
    // The machine has a policy of its own.
    return install();
  }
  try {
    return await install();
  } finally {
    await rm(servicePolicy);
  }
}

function aptGet(args: readonly string[]): Promise<number | null> {
  // The timeout is for other users of dpkg; two tests side by side would also fight over the
  // package lists, for which apt-get does not wait.
  const lock = join(tmpdir(), 'product-api-apt-get.lock');
  const command = ['apt-get', '-o', 'DPkg::Lock::Timeout=600', ...args];
  return runCommand('flock', [lock, ...command]);
}

async function runCommand(program: string, args: readonly string[]): Promise<number | null> {
  const child = spawn(program, args, {
    env: { ...testEnvironment().system, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await once(child, 'close');
  return child.exitCode;
}
