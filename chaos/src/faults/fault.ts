import type { SeededRandom } from '@product-api/testing';
import type { ApiProcess } from '../deployment/api-process.js';
import type { RedisPair } from '../deployment/redis-pair.js';

/** What a scenario may do things to. */
export interface Stage {
  /** The API processes, in an order drawn by chance. */
  readonly processes: readonly [ApiProcess, ...ApiProcess[]];
  readonly redis: RedisPair;
  readonly random: SeededRandom;
  /** Whether the database can be written at this moment. */
  isWritable(): Promise<boolean>;
  /** Lets the traffic go on for a while: from half to one and a half of `ms`, by chance. */
  goOn(ms: number): Promise<void>;
  /** The same stage with a chance of its own, for something that is played at the same time. */
  split(): Stage;
}

/** Something that goes wrong while the service is in use. */
export interface Scenario {
  readonly name: string;
  /** Does it, and puts everything back in order. */
  play(stage: Stage): Promise<void>;
}
