import { fileURLToPath } from 'node:url';

/** The absolute path of the root folder of the repository. */
export const repository = fileURLToPath(new URL('..', import.meta.url));
