import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, type RedisServer, startRedis } from '@product-api/testing';
import type { Note } from '../history/occurrence.js';
import { type FaultProxy, openFaultProxy } from '../network/fault-proxy.js';
import { redisCommand, redisTransaction } from './redis-command.js';

/** What becomes of the connections to a server that is made a replica: Sentinel has it end them. */
export type Demotion = 'ends connections' | 'keeps connections';

/** A Redis server and its replica, which can change places. */
export class RedisPair {
  /** The path on which the replica follows the primary. */
  readonly replication: FaultProxy;
  readonly #note: Note;
  #primary: RedisServer;
  #replica: RedisServer;

  private constructor(
    [primary, replica]: readonly [RedisServer, RedisServer],
    replication: FaultProxy,
    note: Note,
  ) {
    this.#primary = primary;
    this.#replica = replica;
    this.replication = replication;
    this.#note = note;
  }

  /**
   * Starts both servers, and answers when the replica is in step.
   *
   * @param noteOccurrence is told of what is done to them
   */
  static async start(noteOccurrence: Note): Promise<RedisPair> {
    const note: Note = (what) => noteOccurrence(`Redis: ${what}`);
    // By default a replica waits five seconds for company before it is sent the data.
    const args = ['--repl-diskless-sync-delay', '0'];
    const servers = await Promise.all([startRedis({ args }), startRedis({ args })]);
    const replication = await openFaultProxy(servers[0].port, (what) =>
      note(`replication ${what}`),
    );
    const pair = new RedisPair(servers, replication, note);
    await pair.demoteReplica('ends connections');
    return pair;
  }

  /** The server that takes writes, or took them before it was stopped. */
  get primary(): RedisServer {
    return this.#primary;
  }

  /** Makes the replica a primary too, with what has reached it; from now on it is `primary`. */
  async promoteReplica(): Promise<void> {
    this.#note('the replica is promoted');
    await redisCommand(this.#replica.port, 'REPLICAOF', 'NO', 'ONE');
    [this.#primary, this.#replica] = [this.#replica, this.#primary];
  }

  /** Makes the server that is not `primary` its replica, and waits until it is in step. */
  async demoteReplica(manner: Demotion): Promise<void> {
    this.#note(`the former primary becomes a replica, which ${manner}`);
    this.replication.leadTo(this.#primary.port);
    const replicaOf = ['REPLICAOF', '127.0.0.1', String(this.replication.port)];
    const killClients = ['CLIENT', 'KILL', 'TYPE', 'normal'];
    await redisTransaction(
      this.#replica.port,
      manner === 'ends connections' ? [replicaOf, killClients] : [replicaOf],
    );
    await this.replicaInStep();
    this.#note('the replica is in step');
  }

  /** Waits until the replica follows the primary. */
  async replicaInStep(): Promise<void> {
    const inStep = async () =>
      String(await redisCommand(this.#replica.port, 'INFO', 'replication')).includes(
        'master_link_status:up',
      );
    await eventually(inStep, { timeoutMs: 15_000 });
  }

  /** Runs a command on the primary. */
  command(name: string, ...args: string[]): Promise<unknown> {
    this.#note([name, ...args].join(' '));
    return redisCommand(this.#primary.port, name, ...args);
  }

  /** Stops the primary by SIGSTOP, and lets it go on after the outage. */
  async pause(outage: () => Promise<void>): Promise<void> {
    this.#note('stopped');
    await this.#primary.kill('SIGSTOP');
    await outage();
    this.#note('goes on');
    await this.#primary.kill('SIGCONT');
  }

  /** Kills the primary, and starts it again with nothing. */
  async restartEmpty(outage: () => Promise<void>): Promise<void> {
    const file = await this.#snapshotFile();
    await this.#restart(async () => {
      await outage();
      await rm(file, { force: true });
    });
  }

  /** Kills the primary, and starts it again with the snapshot that SAVE has written last. */
  restartFromSnapshot(outage: () => Promise<void>): Promise<void> {
    return this.#restart(outage);
  }

  async stop(): Promise<void> {
    await Promise.all([this.#primary.stop(), this.#replica.stop(), this.replication.close()]);
  }

  async #restart(outage: () => Promise<void>): Promise<void> {
    this.#note('killed');
    await this.#primary.kill('SIGKILL');
    await outage();
    await this.#primary.restart();
    this.#note('started again');
  }

  async #snapshotFile(): Promise<string> {
    // The answer of CONFIG GET is a list of names and values.
    const [, folder = '', , file = ''] = (await this.command(
      'CONFIG',
      'GET',
      'dir',
      'dbfilename',
    )) as string[];
    return join(folder, file);
  }
}
