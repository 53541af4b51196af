import { setImmediate as nextTick } from 'node:timers/promises';
import type { SeededRandom } from '@product-api/testing';

/** The probability that a step is slow. */
const SLOW_STEP_PROBABILITY = 0.15;
/** The probability that an operation begins late. */
const LATE_START_PROBABILITY = 0.5;
/** The probability that a slow step may be next although others are waiting. */
const SLOW_STEP_FIRST_PROBABILITY = 0.02;

interface Step {
  readonly label: string;
  /** Whether other steps overtake this one. Many bugs need one step that comes late. */
  readonly slow: boolean;
  /** Takes the step. Settles after its effect; never rejects. */
  readonly take: () => Promise<void>;
}

/**
 * Runs concurrent tasks one step at a time, in a random order.
 *
 * A task does everything outside its own memory in steps, and each step waits until the scheduler
 * takes it. After each step the scheduler lets all tasks run until each waits for its next step.
 * The order of the steps therefore decides everything that happens.
 */
export class StepScheduler {
  readonly #random: SeededRandom;
  #waiting: Step[] = [];
  readonly #steps: string[] = [];

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** The labels of the steps that were taken, in order. */
  get steps(): readonly string[] {
    return this.#steps;
  }

  /** Waits for its turn, then acts. */
  step<T>(label: string, act: () => Promise<T> | T): Promise<T> {
    return this.#wait(label, act, SLOW_STEP_PROBABILITY);
  }

  /** Waits for its turn, before an operation that may begin at any time. */
  begin(label: string): Promise<void> {
    return this.#wait(`${label} begins`, () => undefined, LATE_START_PROBABILITY);
  }

  /** Sends a request in two steps: it arrives and has its effect; then its reply arrives. */
  async request<T>(label: string, act: () => Promise<T> | T): Promise<T> {
    const reply = await this.step(label, act);
    return this.step(`${label}: ${describeReply(reply)}`, () => reply);
  }

  /**
   * Sends a request that times out. The request still arrives, before the timeout or after it.
   *
   * @throws {Error} when the request has timed out, which is always
   */
  async timedOutRequest(label: string, act: () => Promise<unknown>): Promise<never> {
    this.step(`${label} arrives, and its reply is lost`, act).catch(() => undefined);
    await this.step(`${label} times out`, () => undefined);
    throw new Error(`${label} timed out`);
  }

  /**
   * Starts the tasks and takes steps until all tasks have ended. Rejects with the error of a task
   * that fails.
   *
   * @throws {StuckScheduleError} when no step is left although a task has not ended.
   */
  async run(tasks: readonly (() => Promise<void>)[]): Promise<void> {
    let ended = false;
    const all = Promise.all(tasks.map((task) => task())).then(() => {
      ended = true;
    });
    // A rejection is reported below, after the remaining steps.
    all.catch(() => undefined);
    await settle();
    for (let step = this.#removeNext(); step; step = this.#removeNext()) {
      this.#steps.push(step.label);
      await step.take();
      await settle();
    }
    await (ended ? all : Promise.race([all, Promise.reject(new StuckScheduleError())]));
  }

  #wait<T>(label: string, act: () => Promise<T> | T, slowProbability: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const take = async () => {
        try {
          resolve(await act());
        } catch (error) {
          reject(error);
        }
      };
      this.#waiting.push({ label, slow: this.#random.chance(slowProbability), take });
    });
  }

  #removeNext(): Step | undefined {
    const quick = this.#waiting.filter(({ slow }) => !slow);
    const anyStep = quick.length === 0 || this.#random.chance(SLOW_STEP_FIRST_PROBABILITY);
    const candidates = anyStep ? this.#waiting : quick;
    const next = candidates[this.#random.below(candidates.length)];
    this.#waiting = this.#waiting.filter((step) => step !== next);
    return next;
  }
}

/** Thrown when a schedule has no step left, but not all of its tasks have ended. */
export class StuckScheduleError extends Error {
  override readonly name = 'StuckScheduleError';

  constructor() {
    super('A task waits for something that is not a step of the schedule');
  }
}

/**
 * Lets all tasks run until each waits for a step. A cache sends the reads of one tick as a batch at
 * the end of the tick, so this takes several ticks.
 */
async function settle(): Promise<void> {
  for (let tick = 0; tick < 4; tick++) {
    await nextTick();
  }
}

function describeReply(reply: unknown): string {
  return reply === undefined ? 'nothing' : JSON.stringify(reply);
}
