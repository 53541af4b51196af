import { createVisitedStates } from './visited-states.js';

/** One thing that happens, in words, and the state that it leads to. */
export interface Step<State> {
  readonly action: string;
  readonly state: State;
}

/** Creates a step. */
export function step<State>(action: string, state: State): Step<State> {
  return { action, state };
}

/** The model that a search explores. */
export interface Model<State> {
  readonly initial: State;
  /** Returns all steps that are possible in a state, always in the same order. */
  readonly steps: (state: State) => readonly Step<State>[];
  /** Returns the same numbers for two states exactly if the search may treat them as one. */
  readonly canonicalForm: (state: State) => readonly number[];
  /** Returns the promise that a state breaks, if it breaks one. */
  readonly findViolation: (state: State) => string | undefined;
}

/** The size and the result of a search. */
export interface SearchResult<State> {
  readonly states: number;
  /** The largest number of steps that a state is away from the initial one. */
  readonly depth: number;
  readonly seconds: number;
  /** A shortest counterexample; undefined if every reachable state keeps all promises. */
  readonly counterexample: Counterexample<State> | undefined;
}

/** A sequence of steps from the initial state to a violation. */
export interface Counterexample<State> {
  /** The promise that the last state breaks. */
  readonly violation: string;
  readonly steps: readonly Step<State>[];
}

/** Visits every reachable state, breadth first, until one breaks a promise. */
export function search<State>(model: Model<State>): SearchResult<State> {
  const start = performance.now();
  const visited = createVisitedStates();
  visited.add(model.canonicalForm(model.initial), 0, 0);
  let frontier = [{ number: 0, state: model.initial }];
  let depth = 0;
  let counterexample: Counterexample<State> | undefined;

  while (frontier.length > 0 && !counterexample) {
    const next: typeof frontier = [];
    for (const { number: parent, state: from } of frontier) {
      for (const [index, { state }] of model.steps(from).entries()) {
        const number = visited.add(model.canonicalForm(state), parent, index);
        if (number === undefined) {
          continue;
        }
        next.push({ number, state });
        const violation = model.findViolation(state);
        if (violation && !counterexample) {
          counterexample = { violation, steps: replay(model, visited.stepsTo(number)) };
        }
      }
    }
    depth += next.length > 0 ? 1 : 0;
    frontier = next;
  }
  const seconds = (performance.now() - start) / 1000;
  return { states: visited.size(), depth, seconds, counterexample };
}

/** Takes steps from the initial state; each is given by its index among the possible ones. */
function replay<State>(model: Model<State>, indexes: readonly number[]): Step<State>[] {
  const steps: Step<State>[] = [];
  let state = model.initial;
  for (const index of indexes) {
    const next = model.steps(state)[index];
    if (next) {
      steps.push(next);
      state = next.state;
    }
  }
  return steps;
}
