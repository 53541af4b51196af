// npm run catalog, bin/catalog: the catalog command, with the variables of the root folder's .env
// file.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './preparation/launch.js';
import { repository } from './repository.js';

if (loadSettings(join(repository, '.env'))) {
  await launch('apps/cli/dist/main.js');
} else {
  process.exitCode = 1;
}

/**
 * Adds the variables of a file to the environment, where they are not set.
 *
 * @param {string} file
 */
function loadSettings(file) {
  try {
    if (existsSync(file)) {
      process.loadEnvFile(file);
    }
    return true;
  } catch {
    process.stderr.write(`error: ${file} cannot be read: check its permissions, or remove it\n`);
    return false;
  }
}
