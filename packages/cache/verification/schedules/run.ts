import type { SeededRandom } from '@product-api/testing';
import type { Cache } from '../../src/index.js';
import type { ChangeLog } from '../../src/relay/change-log.js';
import { NamespaceClaim } from '../../src/relay/namespace-claim.js';
import type { RelayTarget } from '../../src/relay/relay-target.js';
import { formatWatermark } from '../../src/relay/watermark.js';
import type { KeyConfiguration, ScheduleConfiguration } from './configuration.js';
import type { Environment, ProcessConnection } from './environment.js';
import { History } from './history.js';
import { createProcessCache } from './process-cache.js';
import { RedisCopy } from './redis-copy.js';
import { StepScheduler } from './step-scheduler.js';
import { steppedLog, steppedRelayTarget } from './stepped-requests.js';

/** Everything that one run of a schedule works with. */
export interface Run {
  readonly environment: Environment;
  readonly random: SeededRandom;
  readonly scheduler: StepScheduler;
  readonly processes: readonly Process[];
  readonly keys: readonly KeyUnderTest[];
  /** An older copy of everything that Redis holds for the keys of this run. */
  readonly copy: RedisCopy;
}

/** A process of the service, whose requests to Redis and to the database are steps. */
export interface Process {
  /** The name of the process in the list of steps. */
  readonly name: string;
  readonly cache: Cache<number>;
  readonly relayTarget: RelayTarget;
  readonly claim: NamespaceClaim;
  readonly log: ChangeLog;
}

/** A key with its configuration and the history of its reads and writes. */
export interface KeyUnderTest {
  readonly key: string;
  readonly configuration: KeyConfiguration;
  readonly history: History;
}

/**
 * Prepares the rows and processes of a run. Its keys are fresh, and the watermark is at the head of
 * the change log.
 */
export async function prepareRun(
  configuration: ScheduleConfiguration,
  random: SeededRandom,
  environment: Environment,
): Promise<Run> {
  const { rows, keyspace, operator } = environment;
  const scheduler = new StepScheduler(random);
  rows.deleteChanges();
  const prefix = environment.freshPrefix();
  const keys = configuration.keys.map((key) => prepareKey(prefix, key, environment));
  await operator.set(keyspace.watermark, formatWatermark(await rows.log.head()));
  return {
    environment,
    random,
    scheduler,
    processes: environment.connections.map((connection, index) =>
      createProcess(`process ${index + 1}`, connection, configuration, {
        environment,
        random,
        scheduler,
      }),
    ),
    keys,
    copy: new RedisCopy(operator, redisKeys(keys, environment)),
  };
}

function prepareKey(
  prefix: string,
  configuration: KeyConfiguration,
  { rows }: Environment,
): KeyUnderTest {
  const { name, exists } = configuration;
  const key = `${prefix}${name}`;
  const version = exists ? rows.put(key) : 0;
  return { key, configuration, history: new History(name, { version, exists }) };
}

function createProcess(
  name: string,
  { store, relayTarget }: ProcessConnection,
  { timeoutProbability }: ScheduleConfiguration,
  { environment, random, scheduler }: Pick<Run, 'environment' | 'random' | 'scheduler'>,
): Process {
  const target = steppedRelayTarget(relayTarget, name, scheduler);
  const log = steppedLog(environment.rows.log, name, scheduler);
  return {
    name,
    cache: createProcessCache({ name, store, scheduler, random, timeoutProbability }),
    relayTarget: target,
    claim: new NamespaceClaim(target, log),
    log,
  };
}

function redisKeys(keys: readonly KeyUnderTest[], { keyspace }: Environment): string[] {
  const pairs = keys.flatMap(({ key }) => [keyspace.value(key), keyspace.fence(key)]);
  return [keyspace.claim, keyspace.watermark, ...pairs];
}
