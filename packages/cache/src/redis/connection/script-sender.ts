import { CommandSlots } from './command-slots.js';
import { JoinedWrites } from './joined-writes.js';
import type { RedisClient } from './redis-client.js';

/** The most scripts in flight: some milliseconds of work for Redis. */
const MAX_SCRIPTS_IN_FLIGHT = 64;

/** Sends a script as soon as a slot is free. Returns its result. */
export type SendScript = <T>(send: () => Promise<T>) => Promise<T>;

/** Creates the sender of scripts for a connection. */
export function createScriptSender(client: RedisClient): SendScript {
  const slots = new CommandSlots(MAX_SCRIPTS_IN_FLIGHT);
  const writes = new JoinedWrites(client);
  return (send) =>
    slots.run((othersInFlight) => {
      // A single script is sent immediately, as joining would only delay it.
      if (othersInFlight) {
        writes.join();
      }
      return send();
    });
}
