import { createVisitedStates } from './visited-states.js';

/** One thing that happens, in words, and the state that it leads to. */
export interface Step<State> {
  readonly action: string;
  readonly state: State;
}

/** What a search walks through. */
export interface Space<State> {
  readonly initial: State;
  /** All that can happen next, always in the same order. */
  readonly steps: (state: State) => readonly Step<State>[];
  /** The same numbers for states that need not be told apart. */
  readonly canonicalForm: (state: State) => readonly number[];
  /** What is wrong with the state, if anything. */
  readonly findFault: (state: State) => string | undefined;
}

/** How far a search went, and what it found. */
export interface SearchResult<State> {
  readonly states: number;
  /** Steps of the longest among the shortest ways to a state. */
  readonly depth: number;
  readonly seconds: number;
  /** The first fault, and a shortest way to it; undefined when every state was visited. */
  readonly counterexample: Counterexample<State> | undefined;
}

/** A fault and a shortest way to it, without the first state. */
export interface Counterexample<State> {
  readonly fault: string;
  readonly trace: readonly Step<State>[];
}

/** Visits every state that can be reached, breadth first, until one is at fault. */
export function search<State>(space: Space<State>): SearchResult<State> {
  const start = performance.now();
  const visited = createVisitedStates();
  visited.add(space.canonicalForm(space.initial), 0, 0);
  let frontier = [{ number: 0, state: space.initial }];
  let depth = 0;
  let counterexample: Counterexample<State> | undefined;

  while (frontier.length > 0 && !counterexample) {
    const next: typeof frontier = [];
    for (const { number: parent, state: from } of frontier) {
      for (const [place, { state }] of space.steps(from).entries()) {
        const number = visited.add(space.canonicalForm(state), parent, place);
        if (number === undefined) {
          continue;
        }
        next.push({ number, state });
        const fault = space.findFault(state);
        if (fault && !counterexample) {
          counterexample = { fault, trace: retrace(space, visited.stepsTo(number)) };
        }
      }
    }
    depth += next.length > 0 ? 1 : 0;
    frontier = next;
  }
  const seconds = (performance.now() - start) / 1000;
  return { states: visited.size(), depth, seconds, counterexample };
}

function retrace<State>(space: Space<State>, places: readonly number[]): Step<State>[] {
  const trace: Step<State>[] = [];
  let state = space.initial;
  for (const place of places) {
    const step = space.steps(state)[place];
    if (step) {
      trace.push(step);
      state = step.state;
    }
  }
  return trace;
}
