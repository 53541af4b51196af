import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, type RedisServer, startRedis } from '@product-api/testing';
import type { RecordEvent } from '../history/history.js';
import { type FaultProxy, openFaultProxy } from '../network/fault-proxy.js';
import { redisCommand, redisTransaction } from './redis-command.js';

/** What happens to the connections of a server that becomes a replica; Sentinel ends them. */
export type Demotion = 'ends connections' | 'keeps connections';

/** A Redis server and its replica, which can exchange their roles. */
export class RedisPair {
  /** The path on which the replica follows the primary. */
  readonly replication: FaultProxy;
  readonly #recordEvent: RecordEvent;
  #primary: RedisServer;
  #replica: RedisServer;

  private constructor(
    [primary, replica]: readonly [RedisServer, RedisServer],
    replication: FaultProxy,
    recordEvent: RecordEvent,
  ) {
    this.#primary = primary;
    this.#replica = replica;
    this.replication = replication;
    this.#recordEvent = recordEvent;
  }

  /**
   * Starts both servers, and waits until the replica follows the primary.
   *
   * @param record called with everything that happens to the servers
   */
  static async start(record: RecordEvent): Promise<RedisPair> {
    const recordEvent: RecordEvent = (what) => record(`Redis: ${what}`);
    // By default, the primary waits five seconds for further replicas before it sends its data.
    const args = ['--repl-diskless-sync-delay', '0'];
    const servers = await Promise.all([startRedis({ args }), startRedis({ args })]);
    const replication = await openFaultProxy(servers[0].port, (what) =>
      recordEvent(`replication ${what}`),
    );
    const pair = new RedisPair(servers, replication, recordEvent);
    await pair.demoteFormerPrimary('ends connections');
    return pair;
  }

  /** The server that accepts writes, or accepted them before it was stopped. */
  get primary(): RedisServer {
    return this.#primary;
  }

  /** Promotes the replica, with the data that it has received. From now on it is `primary`. */
  async promoteReplica(): Promise<void> {
    this.#recordEvent('the replica is promoted');
    await redisCommand(this.#replica.port, 'REPLICAOF', 'NO', 'ONE');
    [this.#primary, this.#replica] = [this.#replica, this.#primary];
  }

  /** Makes the other server a replica of `primary`, and waits until it follows. */
  async demoteFormerPrimary(demotion: Demotion): Promise<void> {
    this.#recordEvent(`the former primary becomes a replica, which ${demotion}`);
    this.replication.connectTo(this.#primary.port);
    const replicaOf = ['REPLICAOF', '127.0.0.1', String(this.replication.port)];
    const killClients = ['CLIENT', 'KILL', 'TYPE', 'normal'];
    await redisTransaction(
      this.#replica.port,
      demotion === 'ends connections' ? [replicaOf, killClients] : [replicaOf],
    );
    await this.waitForReplica();
    this.#recordEvent('the replica follows the primary');
  }

  /** Waits until the replica follows the primary. */
  async waitForReplica(): Promise<void> {
    const follows = async () =>
      String(await redisCommand(this.#replica.port, 'INFO', 'replication')).includes(
        'master_link_status:up',
      );
    await eventually(follows, { timeoutMs: 15_000 });
  }

  /** Runs a command on the primary. */
  command(name: string, ...args: string[]): Promise<unknown> {
    this.#recordEvent([name, ...args].join(' '));
    return redisCommand(this.#primary.port, name, ...args);
  }

  /** Stops the primary by SIGSTOP, and continues it after `during` has ended. */
  async pause(during: () => Promise<void>): Promise<void> {
    this.#recordEvent('stopped');
    await this.#primary.kill('SIGSTOP');
    await during();
    this.#recordEvent('continued');
    await this.#primary.kill('SIGCONT');
  }

  /** Kills the primary, and restarts it without data after `during` has ended. */
  async restartEmpty(during: () => Promise<void>): Promise<void> {
    const file = await this.#snapshotFile();
    await this.#restart(async () => {
      await during();
      await rm(file, { force: true });
    });
  }

  /** Kills the primary, and restarts it from its last `SAVE` after `during` has ended. */
  restartFromSnapshot(during: () => Promise<void>): Promise<void> {
    return this.#restart(during);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#primary.stop(), this.#replica.stop(), this.replication.close()]);
  }

  async #restart(during: () => Promise<void>): Promise<void> {
    this.#recordEvent('killed');
    await this.#primary.kill('SIGKILL');
    await during();
    await this.#primary.restart();
    this.#recordEvent('restarted');
  }

  async #snapshotFile(): Promise<string> {
    // CONFIG GET returns a list of names and values.
    const [, folder = '', , file = ''] = (await this.command(
      'CONFIG',
      'GET',
      'dir',
      'dbfilename',
    )) as string[];
    return join(folder, file);
  }
}
