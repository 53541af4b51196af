// npm start: the service.
import { endWithParent } from './end-with-parent.js';
import { launch } from './launch.js';

endWithParent();
await launch('apps/api/dist/main.js', { rebuild: true });
