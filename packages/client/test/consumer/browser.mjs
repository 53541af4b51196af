import * as sdk from '@product-api/client';
import { everyOperation } from './every-operation.mjs';

// The base URL is relative to the page.
globalThis.done = everyOperation(sdk, '/');
