import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@product-api/testing';
import { seedCatalog, seedStatements } from './seed-catalog.js';

const folder = join(tmpdir(), 'product-api-bench');
const migrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/**
 * The path of a database file with that many products, to be copied. It is made once, and kept in
 * the system's folder for temporary files until the migrations or the products change.
 */
export async function catalogFile(rows: number): Promise<string> {
  const path = join(folder, `catalog-${rows}-${await fingerprint()}.db`);
  if (await exists(path)) {
    return path;
  }
  await mkdir(folder, { recursive: true });
  // Made elsewhere, so that the file has its own name only when it is whole.
  const workshop = await temporaryFolder();
  try {
    await seedCatalog(workshop.file('catalog.db'), rows);
    await rename(workshop.file('catalog.db'), path);
  } finally {
    await workshop.remove();
  }
  return path;
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(seedStatements);
  for (const name of (await readdir(migrations, { recursive: true })).sort()) {
    if (name.endsWith('.sql')) {
      hash.update(await readFile(join(migrations, name)));
    }
  }
  return hash.digest('hex').slice(0, 12);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
