import { cpSync } from 'node:fs';

// tsc copies no Lua; the compiled store reads its scripts from beside itself, as the source does.
const scripts = 'redis/scripts';
cpSync(
  new URL(`./src/${scripts}`, import.meta.url),
  new URL(`./dist/${scripts}`, import.meta.url),
  {
    recursive: true,
  },
);
