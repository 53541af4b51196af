// npm start: installs and builds what is missing, then this very process becomes the server, so
// that a signal reaches the server itself.
import { endWithParent } from './end-with-parent.js';
import { install } from './install.js';
import { turbo } from './turbo.js';

endWithParent();
await install();
const code = await turbo(['run', 'build', '--filter=@product-api/api...'], { quietMs: 1500 });
if (code === 0) {
  await import(new URL('../apps/api/dist/main.js', import.meta.url).href);
} else {
  process.exitCode = code;
}
