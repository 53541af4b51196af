// npm start: the service.

import { launch } from './preparation/launch.js';
import { endWithParent } from './processes/end-with-parent.js';

endWithParent();
await launch('apps/api/dist/main.js', { rebuild: true });
