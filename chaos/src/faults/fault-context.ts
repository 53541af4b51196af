import { setTimeout as delay } from 'node:timers/promises';
import { type SeededRandom, seededRandom } from '@product-api/testing';
import type { Deployment } from '../deployment/deployment.js';
import type { Stage } from './stage.js';

/** Makes a deployment the stage of a scenario, on which chance decides who is hit and how long. */
export function setStage(deployment: Deployment, random: SeededRandom): Stage {
  return {
    processes: random.shuffle(deployment.processes),
    redis: deployment.redis,
    random,
    isWritable: () => deployment.isWritable(),
    goOn: (ms) => delay(ms * random.between(0.5, 1.5)),
    split: () => setStage(deployment, seededRandom(random.between(0, 2 ** 32))),
  };
}
