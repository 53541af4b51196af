import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testEnvironment } from '../environment.js';
import { findProgram } from './find-program.js';

/** A package to install. */
export interface DebianPackage {
  readonly name: string;
  /** The system service that the package brings; it is neither started nor enabled. */
  readonly service?: string;
}

/** Returns whether packages can be installed without a question: as root, with apt-get. */
export async function canInstallDebianPackages(): Promise<boolean> {
  return process.getuid?.() === 0 && (await findProgram(['apt-get'])) !== undefined;
}

/**
 * Installs a Debian package with its dependencies, but without recommended packages. Shows
 * apt-get's progress on standard output, and waits for another running apt-get.
 *
 * @throws {Error} when the package cannot be installed.
 */
export async function installDebianPackage({ name, service }: DebianPackage): Promise<void> {
  // If this fails, the installation shows whether the existing package lists are good enough.
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

/** Packages run this program before they start a service; exit code 101 forbids the start. */
const SERVICE_POLICY = '/usr/sbin/policy-rc.d';

async function withoutStartingServices<T>(install: () => Promise<T>): Promise<T> {
  try {
    await writeFile(SERVICE_POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' });
  } catch {
    // The machine has a policy already, which stays in force.
    return install();
  }
  try {
    return await install();
  } finally {
    await rm(SERVICE_POLICY);
  }
}

function aptGet(args: readonly string[]): Promise<number | null> {
  // apt-get itself waits for other users of dpkg, but not for other users of the package lists,
  // such as a second test run: flock does.
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
