import type { Scenario } from './stage.js';

/** What the others are compared with. */
export const noFault: Scenario = {
  name: 'nothing goes wrong',
  play: (stage) => stage.goOn(1200),
};
