import { eventually } from '../eventually.js';
import { inlineCommands } from './inline-commands.js';
import { type RedisServer, startRedis } from './start-redis.js';
import { startSentinel } from './start-sentinel.js';

/** Options of `startRedisWithSentinels`. */
export interface RedisWithSentinelsOptions {
  /** The password of both Redis servers. Default: none. */
  readonly password?: string;
  /** The password of the sentinels. Default: none. */
  readonly sentinelPassword?: string;
}

/** A Redis primary with one replica and three sentinels on 127.0.0.1, for one test or test file. */
export interface RedisWithSentinels {
  /** The name of the primary, as the sentinels know it. */
  readonly name: string;
  /** The addresses of the sentinels, separated by commas. */
  readonly addresses: string;
  readonly sentinels: readonly [RedisServer, RedisServer, RedisServer];
  /** The first primary, and the first replica. They exchange their roles at a failover. */
  readonly servers: readonly [RedisServer, RedisServer];
  /** Returns the server that the first sentinel names as the primary. */
  primary(): Promise<RedisServer>;
  /** Makes the sentinels promote the replica, as an operator does. */
  failOver(): Promise<void>;
  /** Waits until every sentinel that runs knows this server as the primary. */
  waitForPrimary(server: RedisServer): Promise<void>;
  /** Ends all servers and deletes their files; a second call does nothing. */
  stop(): Promise<void>;
}

const NAME = 'catalog';
const QUORUM = 2;

/**
 * Starts Redis with sentinels, and returns when a failover is possible.
 *
 * @throws {MissingProgramError} when there is no redis-server.
 * @throws {ServerStartError} when a server does not start.
 */
export async function startRedisWithSentinels(
  options: RedisWithSentinelsOptions = {},
): Promise<RedisWithSentinels> {
  const started: RedisServer[] = [];
  try {
    return await startAll(options, async (starting) => {
      const server = await starting;
      started.push(server);
      return server;
    });
  } catch (error) {
    await Promise.all(started.map((server) => server.stop()));
    throw error;
  }
}

/** @param keep called with each server that starts */
async function startAll(
  { password, sentinelPassword }: RedisWithSentinelsOptions,
  keep: (starting: Promise<RedisServer>) => Promise<RedisServer>,
): Promise<RedisWithSentinels> {
  // By default, the primary waits five seconds for further replicas before it sends its data.
  const args = ['--repl-diskless-sync-delay', '0'];
  const login = password === undefined ? {} : { password };
  const primary = await keep(startRedis({ ...login, args }));
  const replicaOf = ['--replicaof', `127.0.0.1 ${primary.port}`];
  const replica = await keep(startRedis({ ...login, args: [...args, ...replicaOf] }));
  // Sentinels ask the primary for its replicas at their start, and then only every ten seconds.
  await waitForFirstReplica(primary, password);
  const startOne = () =>
    keep(
      startSentinel({
        name: NAME,
        primaryPort: primary.port,
        quorum: QUORUM,
        ...(password !== undefined && { redisPassword: password }),
        ...(sentinelPassword !== undefined && { password: sentinelPassword }),
      }),
    );
  const sentinels = [await startOne(), await startOne(), await startOne()] as const;
  const set = redisWithSentinels([primary, replica], sentinels, sentinelPassword);
  await set.waitForPrimary(primary);
  return set;
}

async function waitForFirstReplica({ port }: RedisServer, password: string | undefined) {
  const login = password === undefined ? [] : [`AUTH ${password}`];
  const commands = [...login, 'INFO replication'];
  await eventually(async () =>
    (await inlineCommands(port, commands)).includes('connected_slaves:1'),
  );
}

function redisWithSentinels(
  servers: RedisWithSentinels['servers'],
  sentinels: RedisWithSentinels['sentinels'],
  sentinelPassword: string | undefined,
): RedisWithSentinels {
  const login = sentinelPassword === undefined ? [] : [`AUTH ${sentinelPassword}`];
  const ask = ({ port }: RedisServer, command: string) => inlineCommands(port, [...login, command]);
  return {
    name: NAME,
    addresses: sentinels.map(({ port }) => `127.0.0.1:${port}`).join(','),
    sentinels,
    servers,
    async primary() {
      const reply = await ask(sentinels[0], `SENTINEL GET-MASTER-ADDR-BY-NAME ${NAME}`);
      const primary = servers.find(({ port }) => reply.includes(`\r\n${port}\r\n`));
      if (primary === undefined) {
        throw new Error(`Expected the sentinel to name one of the servers: ${reply}`);
      }
      return primary;
    },
    async failOver() {
      const reply = await ask(sentinels[0], `SENTINEL FAILOVER ${NAME}`);
      if (/^-/m.test(reply)) {
        throw new Error(`The sentinel refused a failover: ${reply}`);
      }
    },
    async waitForPrimary({ port }) {
      const expected = `status=ok,address=127.0.0.1:${port},slaves=1,sentinels=3`;
      await Promise.all(
        sentinels.map((sentinel) =>
          eventually(async () => (await ask(sentinel, 'INFO sentinel')).includes(expected)),
        ),
      );
    },
    async stop() {
      await Promise.all([...servers, ...sentinels].map((server) => server.stop()));
    },
  };
}
