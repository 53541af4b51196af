// npm start: installs and builds what is missing, and then runs the server in this process, so that
// signals reach the server. The server sets the exit code when its start fails.
import { endWithParent } from './end-with-parent.js';
import { install } from './install.js';
import { turbo } from './turbo.js';

endWithParent();
const apps = ['--filter=@product-api/api...', '--filter=@product-api/cli...'];
const code = await prepare();
if (code === 0) {
  await import(new URL('../apps/api/dist/main.js', import.meta.url).href);
} else {
  process.exitCode = code;
}

/** @returns {Promise<number>} 0 when the server can start, else the exit code */
async function prepare() {
  try {
    await install();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
  return turbo(['run', 'build', ...apps], { quietMs: 1500 });
}
