import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * Runs `npm pack` on a copy of the built package, because packing changes package.json for a moment
 * while other tasks read it.
 *
 * @param folder an existing folder for the copy and the tarball
 * @returns the path of the tarball
 */
export async function packCopy(folder: string): Promise<string> {
  const copy = join(folder, 'package');
  await mkdir(copy);
  for (const file of ['package.json', 'README.md', 'dist', 'tools/pack-manifest.js']) {
    await cp(join(root, file), join(copy, file), { recursive: true });
  }
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: copy,
    // On Windows, npm is a batch file, which needs a shell.
    shell: process.platform === 'win32',
  });
  const [{ filename }]: [{ filename: string }] = JSON.parse(stdout);
  return join(folder, filename);
}
