// npm run backup, npm run restore, npm run copy-database: the administration of the database.
import { launch } from './preparation/launch.js';

await launch('apps/api/dist/admin.js');
