// npm run backup, npm run restore: the administration of the database.
import { launch } from './preparation/launch.js';

await launch('apps/api/dist/admin.js');
