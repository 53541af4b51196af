import type { Request } from 'express';
import type { StreamBlocks } from './stream-body.js';

/** Maximum characters that are held back. */
const HELD_LENGTH = 1024 * 1024;

/**
 * Holds the text of a stream back until the request has been read: a proxy such as nginx stops
 * sending a request when its response begins. If there is more text than the memory may hold, the
 * response begins earlier.
 */
export async function* holdBack(blocks: StreamBlocks, request: Request): StreamBlocks {
  let held = '';
  for (let next = await blocks.next(); ; next = await blocks.next()) {
    if (next.done) {
      if (held !== '') {
        yield held;
      }
      return next.value;
    }
    held += next.value;
    if (request.complete || held.length > HELD_LENGTH) {
      yield held;
      held = '';
    }
  }
}
