// Installs missing dependencies, for the commands of package.json that need nothing else.
import { prepare } from './preparation/prepare.js';

process.exitCode = await prepare();
