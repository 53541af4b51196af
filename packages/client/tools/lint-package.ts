// Checks the packed package as its users get it: publint and attw (are the types wrong?).
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packCopy } from './pack-copy.js';

const folder = await mkdtemp(join(tmpdir(), 'product-api-client-'));
try {
  const tarball = await packCopy(folder);
  for (const command of [
    `publint ${tarball} --strict`,
    // `require` of an ES module works in every version of Node that the package supports.
    `attw ${tarball} --profile esm-only`,
  ]) {
    const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
    process.exitCode ||= status ?? 1;
  }
} finally {
  await rm(folder, { recursive: true });
}
