import type { Change } from '@product-api/contract';
import { interpret, openStream } from './event-stream.js';

/** A client that follows the changes, and connects again whenever its stream ends. */
export interface Follower {
  /** Returns all changes so far. */
  changes(): readonly Change[];
  /** Returns how often it has connected. */
  connections(): number;
  stop(): Promise<void>;
}

/** Follows the changes after a cursor. */
export function follow(baseUrl: string, after: string): Follower {
  const earlier: Change[] = [];
  let current: readonly Change[] = [];
  let lastEventId = after;
  let connections = 0;
  let close: (() => void) | undefined;
  let isStopped = false;

  async function readStream(): Promise<void> {
    const headers = { 'Last-Event-ID': lastEventId };
    const stream = await openStream(baseUrl, { headers });
    connections += 1;
    ({ close } = stream);
    const update = () => {
      current = stream.changes();
    };
    stream.response.on('data', update);
    update();
    await stream.ended;
    update();
    lastEventId = interpret(stream.text()).lastEventId || lastEventId;
    earlier.push(...current);
    current = [];
  }

  async function work(): Promise<void> {
    while (!isStopped) {
      // A process that stops may break a connection that it has not accepted yet.
      await readStream().catch(() => undefined);
    }
  }
  const done = work();
  return {
    changes: () => [...earlier, ...current],
    connections: () => connections,
    async stop() {
      isStopped = true;
      close?.();
      await done;
    },
  };
}
