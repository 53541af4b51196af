import * as sdk from '@product-api/client';
import { everyOperation } from './every-operation.mjs';

process.stdout.write(JSON.stringify(await everyOperation(sdk, ...process.argv.slice(2))));
