// npm start: installs and builds what is missing, then this very process becomes the server, so
// that a signal reaches the server itself.
import { endWithParent } from './end-with-parent.js';
import { install } from './install.js';
import { turbo } from './turbo.js';

endWithParent();
await install();
const apps = ['--filter=@product-api/api...', '--filter=@product-api/cli...'];
const code = await turbo(['run', 'build', ...apps], { quietMs: 1500 });
if (code === 0) {
  await import(new URL('../apps/api/dist/main.js', import.meta.url).href);
} else {
  process.exitCode = code;
}
