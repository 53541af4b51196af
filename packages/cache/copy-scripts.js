import { cpSync } from 'node:fs';

// tsc copies no Lua; the compiled store reads its SCRIPTS from beside itself, as the source does.
const SCRIPTS = 'redis/scripts';
cpSync(
  new URL(`./src/${SCRIPTS}`, import.meta.url),
  new URL(`./dist/${SCRIPTS}`, import.meta.url),
  {
    recursive: true,
  },
);
