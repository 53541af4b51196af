import type { SeededRandom } from '@product-api/testing';
import type { Cache } from '../../src/index.js';
import type { ChangeLog } from '../../src/relay/change-log.js';
import { NamespaceClaim } from '../../src/relay/namespace-claim.js';
import type { RelayTarget } from '../../src/relay/relay-target.js';
import { formatWatermark } from '../../src/relay/watermark.js';
import { History } from './history.js';
import type { Lane, ProcessLink } from './lane.js';
import { createProcessCache } from './process-cache.js';
import { RedisCopy } from './redis-copy.js';
import type { KeyPlan, SchedulePlan } from './schedule-plan.js';
import { StepScheduler } from './step-scheduler.js';
import { steppedLog, steppedRelayTarget } from './stepped-relay.js';

/** What the actors of one schedule share. */
export interface Scene {
  readonly lane: Lane;
  readonly random: SeededRandom;
  readonly steps: StepScheduler;
  readonly processes: readonly Process[];
  readonly keys: readonly KeyScene[];
  /** An older copy of all that Redis holds of the schedule's keys. */
  readonly copy: RedisCopy;
}

/** A process of the service, whose requests to Redis and to the database are steps. */
export interface Process {
  /** Its name in the trace. */
  readonly name: string;
  readonly cache: Cache<number>;
  readonly relayTarget: RelayTarget;
  readonly claim: NamespaceClaim;
  readonly log: ChangeLog;
}

/** A key, and what is to happen and has happened to it. */
export interface KeyScene {
  readonly key: string;
  readonly plan: KeyPlan;
  readonly history: History;
}

/** Prepares a plan's rows and processes in a lane. Keys are fresh, and the watermark at the head. */
export async function setScene(
  plan: SchedulePlan,
  random: SeededRandom,
  lane: Lane,
): Promise<Scene> {
  const { rows, keyspace, operator } = lane;
  const steps = new StepScheduler(random);
  rows.forgetChanges();
  const prefix = lane.freshPrefix();
  const keys = plan.keys.map((keyPlan) => setKey(prefix, keyPlan, lane));
  await operator.set(keyspace.watermark, formatWatermark(await rows.log.head()));
  return {
    lane,
    random,
    steps,
    processes: lane.processes.map((link, index) =>
      setProcess(`process ${index + 1}`, link, plan, { lane, random, steps }),
    ),
    keys,
    copy: new RedisCopy(operator, redisKeys(keys, lane)),
  };
}

function setKey(prefix: string, plan: KeyPlan, { rows }: Lane): KeyScene {
  const key = `${prefix}${plan.name}`;
  const version = plan.exists ? rows.put(key) : 0;
  return { key, plan, history: new History(plan.name, { version, exists: plan.exists }) };
}

function setProcess(
  name: string,
  { store, relayTarget }: ProcessLink,
  { timeouts }: SchedulePlan,
  { lane, random, steps }: Pick<Scene, 'lane' | 'random' | 'steps'>,
): Process {
  const target = steppedRelayTarget(relayTarget, name, steps);
  const log = steppedLog(lane.rows.log, name, steps);
  return {
    name,
    cache: createProcessCache({ name, store, steps, random, timeouts }),
    relayTarget: target,
    claim: new NamespaceClaim(target, log),
    log,
  };
}

function redisKeys(keys: readonly KeyScene[], { keyspace }: Lane): string[] {
  const pairs = keys.flatMap(({ key }) => [keyspace.value(key), keyspace.fence(key)]);
  return [keyspace.claim, keyspace.watermark, ...pairs];
}
