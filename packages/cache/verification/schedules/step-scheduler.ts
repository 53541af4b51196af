import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SeededRandom } from '@product-api/testing';
import { StuckScheduleError } from './stuck-schedule-error.js';

/** The probability that a step is slow. */
const slowSteps = 0.15;
/** The probability that an actor begins something late. */
const lateBeginnings = 0.5;
/** The probability that the next step is any, although some are not slow. */
const slowStepsTaken = 0.02;

interface Step {
  readonly label: string;
  /** Whether others overtake it: what goes wrong is often that one step came late. */
  readonly slow: boolean;
  /** Takes the step; settles when its effect is there. Never rejects. */
  readonly take: () => Promise<void>;
}

/**
 * Runs concurrent actors one step at a time, in an order that chance decides.
 *
 * Whatever an actor does to the world outside its own memory is a step, which waits to be
 * released. After each step the scheduler lets all actors run on until each waits for its next
 * one, so the order of the releases alone decides what happens.
 */
export class StepScheduler {
  readonly #random: SeededRandom;
  #waiting: Step[] = [];
  readonly #trace: string[] = [];

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  /** The labels of the steps taken so far. */
  get trace(): readonly string[] {
    return this.#trace;
  }

  /** Waits to be released, then acts. */
  step<T>(label: string, act: () => Promise<T> | T): Promise<T> {
    return this.#wait(label, act, slowSteps);
  }

  /** Waits to be released, before something begins that may begin at any time. */
  begin(label: string): Promise<void> {
    return this.#wait(`${label} begins`, () => undefined, lateBeginnings);
  }

  /** A request over a network in two steps: it arrives and has its effect; its answer arrives. */
  async request<T>(label: string, act: () => Promise<T> | T): Promise<T> {
    const answer = await this.step(label, act);
    return this.step(`${label}: ${describeAnswer(answer)}`, () => answer);
  }

  /**
   * A request that the caller gives up. It still arrives: before that, or after.
   *
   * @throws Error always.
   */
  async timedOutRequest(label: string, act: () => Promise<unknown>): Promise<never> {
    this.step(`${label} arrives without an answer`, act).catch(() => undefined);
    await this.step(`${label} times out`, () => undefined);
    throw new Error(`${label} timed out`);
  }

  /**
   * Starts the actors and takes steps until all have ended.
   *
   * @throws StuckScheduleError when an actor waits for something else than a step.
   * @throws whatever an actor throws.
   */
  async run(actors: readonly (() => Promise<void>)[]): Promise<void> {
    let ended = false;
    const all = Promise.all(actors.map((actor) => actor())).then(() => {
      ended = true;
    });
    // Reported below, after the steps that are left.
    all.catch(() => undefined);
    await settle();
    for (let step = this.#takeNext(); step; step = this.#takeNext()) {
      this.#trace.push(step.label);
      await step.take();
      await settle();
    }
    await (ended ? all : Promise.race([all, Promise.reject(new StuckScheduleError())]));
  }

  #wait<T>(label: string, act: () => Promise<T> | T, slowness: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const take = async () => {
        try {
          resolve(await act());
        } catch (error) {
          reject(error);
        }
      };
      this.#waiting.push({ label, slow: this.#random.chance(slowness), take });
    });
  }

  #takeNext(): Step | undefined {
    const quick = this.#waiting.filter(({ slow }) => !slow);
    const anyStep = quick.length === 0 || this.#random.chance(slowStepsTaken);
    const candidates = anyStep ? this.#waiting : quick;
    const next = candidates[this.#random.below(candidates.length)];
    this.#waiting = this.#waiting.filter((step) => step !== next);
    return next;
  }
}

/** Lets the actors go on until they wait for a step: a cache reads what is asked for in a turn at its end. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await nextTurn();
  }
}

function describeAnswer(answer: unknown): string {
  return answer === undefined ? 'nothing' : JSON.stringify(answer);
}
