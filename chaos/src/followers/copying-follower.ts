import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Change, Product } from '@product-api/contract';
import type { Follower, FollowerOptions } from './follower.js';
import { FollowerRecord } from './follower-record.js';

const program = fileURLToPath(new URL('sync-program.js', import.meta.url));

/** A step of the copy, as the program reports it. */
type Step =
  | { readonly kind: 'page'; readonly after: string; readonly items: readonly Change[] }
  | { readonly kind: 'failure'; readonly status: number }
  | { readonly kind: 'all'; readonly products: readonly Product[] }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'cursor'; readonly cursor: string };

interface RunningProgram {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

/** A program with the SDK's `sync` that can be killed. */
export interface CopyingFollower extends Follower {
  /** Kills the program, and starts it again with the cursor that it had saved. */
  crash(): Promise<void>;
}

/** Copies all products by an export, and follows the changes after it, with the SDK. */
export function startCopyingFollower({ name, servers, random }: FollowerOptions): CopyingFollower {
  const record = new FollowerRecord(name);
  let cursor: string | undefined;

  function start(): RunningProgram {
    const server = random.pick(servers);
    const args = [server.baseUrl, ...(cursor === undefined ? [] : [cursor])];
    // Not with the options of the tests, by which packages would be loaded from their source.
    const child = fork(program, args, { execArgv: [] });
    // The program sends this type.
    child.on('message', (message) => handle(server.name, message as Step));
    // The channel closes when its last message has arrived.
    return { child, ended: Promise.all([once(child, 'exit'), once(child, 'disconnect')]) };
  }

  function handle(process: string, step: Step): void {
    switch (step.kind) {
      case 'page': {
        const receive = record.connect(process, step.after);
        step.items.forEach(receive);
        break;
      }
      case 'failure':
        record.refuse(step.status);
        break;
      case 'all':
        record.replaceAll(step.products);
        break;
      case 'change':
        record.apply(step.change);
        break;
      case 'cursor':
        cursor = step.cursor;
        break;
    }
  }

  async function kill(): Promise<void> {
    running.child.kill('SIGKILL');
    await running.ended;
  }

  let running = start();
  return {
    cursor: () => cursor,
    history: () => record.history(),
    async crash() {
      await kill();
      running = start();
    },
    stop: kill,
  };
}
