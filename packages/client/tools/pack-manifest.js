// Around `npm pack`: `clean` leaves in package.json only what users of the package need, and
// `restore` undoes that. The workspace's own dependencies (`workspace:`, `catalog:`) mean nothing
// to npm, and the source that `@product-api/source` names is not in the package.
import { access, readFile, rename, writeFile } from 'node:fs/promises';

const folder = new URL('../', import.meta.url);
const manifest = new URL('package.json', folder);
const original = new URL('dist/package.original.json', folder);

/** @returns {Promise<void>} */
async function clean() {
  await access(new URL('dist/index.js', folder)).catch(() => {
    throw new Error('The package is not built. Run "npm run build" in the root of the repository.');
  });
  const text = await readFile(manifest, 'utf8');
  const { scripts, devDependencies, ...published } = JSON.parse(text);
  for (const conditions of Object.values(published.exports)) {
    delete conditions['@product-api/source'];
  }
  await writeFile(original, text);
  await writeFile(manifest, `${JSON.stringify(published, undefined, 2)}\n`);
}

/** @returns {Promise<void>} */
async function restore() {
  await rename(original, manifest);
}

await (process.argv[2] === 'restore' ? restore() : clean());
