import { seededRandom } from '@product-api/testing';
import { ABSENCE_TEXT } from '../../src/read/codec.js';
import type { Lane } from './lane.js';
import { playActor, read, relay } from './play-actor.js';
import { type Scene, setScene } from './scene.js';
import { drawPlan } from './schedule-plan.js';

/** What became of a schedule. */
export interface ScheduleResult {
  readonly seed: number;
  /** What happened, step by step. */
  readonly trace: readonly string[];
  /** The promises that were broken, in words; none if all is well. */
  readonly violations: readonly string[];
}

/**
 * Runs the schedule that a seed stands for, and checks both promises: no read is older than an
 * invalidation that was acknowledged before it began; and at rest the cache has nothing, or what
 * is current.
 */
export async function runSchedule(seed: number, lane: Lane): Promise<ScheduleResult> {
  const random = seededRandom(seed);
  const scene = await setScene(drawPlan(random, lane.processes.length), random, lane);
  const { steps, keys, processes } = scene;
  await steps.run(
    keys.flatMap((key) => key.plan.actors.map((actor) => () => playActor(actor, key, scene))),
  );
  await steps.run(processes.map((process) => () => relay(process, scene)));
  await observeRest(scene);
  await steps.run(
    keys.flatMap((key) => processes.map((process) => () => read(process, key, scene))),
  );
  const violations = keys.flatMap(({ history }) => history.violations);
  return { seed, trace: steps.trace, violations };
}

/** Takes note of what the cache holds of each key, once nothing is under way any more. */
async function observeRest({ lane, keys }: Scene): Promise<void> {
  const { operator, keyspace, rows } = lane;
  for (const { key, history } of keys) {
    const cached = await operator.get(keyspace.value(key));
    history.restsWith(cached ?? undefined, rows.read(key)?.toString() ?? ABSENCE_TEXT);
  }
}
