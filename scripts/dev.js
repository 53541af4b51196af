// npm run dev: the sources of the service, restarted on changes.

import { prepare } from './preparation/prepare.js';
import { endWithParent } from './processes/end-with-parent.js';
import { watchService } from './processes/watch-service.js';

endWithParent();
process.exitCode = (await prepare('generate')) || (await watchService());
