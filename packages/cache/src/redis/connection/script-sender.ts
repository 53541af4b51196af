import { CommandSlots } from './command-slots.js';
import { JoinedWrites } from './joined-writes.js';
import type { RedisClient } from './redis-client.js';

/** Scripts that are under way at a time: some milliseconds' work for Redis. */
const scriptsUnderWay = 64;

/** Sends a script when its turn comes; settles as it does. */
export type SendScript = <T>(send: () => Promise<T>) => Promise<T>;

/** Makes the sender of a connection's scripts. */
export function createScriptSender(client: RedisClient): SendScript {
  const slots = new CommandSlots(scriptsUnderWay);
  const writes = new JoinedWrites(client);
  return (send) =>
    slots.run((hasCompany) => {
      // Who is alone would only wait for the end of the turn.
      if (hasCompany) {
        writes.join();
      }
      return send();
    });
}
