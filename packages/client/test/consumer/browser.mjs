import * as sdk from '@product-api/client';
import { everyOperation } from './every-operation.mjs';

// The base URL is relative to the page, whose fragment is the key.
globalThis.done = everyOperation(sdk, '/', location.hash.slice(1));
