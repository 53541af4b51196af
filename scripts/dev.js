// npm run dev: the sources of the service, restarted on changes.
import { endWithParent } from './end-with-parent.js';
import { prepare } from './prepare.js';
import { watchService } from './watch-service.js';

endWithParent();
process.exitCode = (await prepare('generate')) || (await watchService());
