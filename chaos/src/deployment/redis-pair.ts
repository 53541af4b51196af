import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, type RedisServer, startRedis } from '@product-api/testing';
import { type FaultProxy, openFaultProxy } from '../network/fault-proxy.js';
import { redisCommand } from './redis-command.js';

/** A Redis server and its replica, which can change places. */
export class RedisPair {
  /** The path on which the replica follows the primary. */
  readonly replication: FaultProxy;
  #primary: RedisServer;
  #replica: RedisServer;

  private constructor(primary: RedisServer, replica: RedisServer, replication: FaultProxy) {
    this.#primary = primary;
    this.#replica = replica;
    this.replication = replication;
  }

  /** Starts both servers, and answers when the replica is in step. */
  static async start(): Promise<RedisPair> {
    // By default a replica waits five seconds for company before it is sent the data.
    const args = ['--repl-diskless-sync-delay', '0'];
    const [primary, replica] = await Promise.all([startRedis({ args }), startRedis({ args })]);
    const pair = new RedisPair(primary, replica, await openFaultProxy(primary.port));
    await pair.demoteReplica();
    return pair;
  }

  /** The server that takes writes, or took them before it was stopped. */
  get primary(): RedisServer {
    return this.#primary;
  }

  /** Makes the replica a primary too, with what has reached it; from now on it is `primary`. */
  async promoteReplica(): Promise<void> {
    await redisCommand(this.#replica.port, 'REPLICAOF', 'NO', 'ONE');
    [this.#primary, this.#replica] = [this.#replica, this.#primary];
  }

  /** Makes the server that is not `primary` its replica, and waits until it is in step. */
  async demoteReplica(): Promise<void> {
    this.replication.leadTo(this.#primary.port);
    const { port } = this.#replica;
    await redisCommand(port, 'REPLICAOF', '127.0.0.1', String(this.replication.port));
    await this.replicaInStep();
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
    return redisCommand(this.#primary.port, name, ...args);
  }

  /** Kills the primary, and starts it again with nothing. */
  async restartEmpty(outage: () => Promise<void>): Promise<void> {
    const file = await this.#snapshotFile();
    await this.#primary.kill('SIGKILL');
    await outage();
    await rm(file, { force: true });
    await this.#primary.restart();
  }

  /** Kills the primary, and starts it again with the snapshot that SAVE has written last. */
  async restartFromSnapshot(outage: () => Promise<void>): Promise<void> {
    await this.#primary.kill('SIGKILL');
    await outage();
    await this.#primary.restart();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#primary.stop(), this.#replica.stop(), this.replication.close()]);
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
