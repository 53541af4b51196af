// Instead of packages/cache/dist/turn-asks.js: every key is asked for by a command of its own.
export class TurnAsks {
  #answerAll;

  constructor(answerAll) {
    this.#answerAll = answerAll;
  }

  add(key, ask) {
    this.#answerAll(new Map([[key, [ask]]]), () => undefined);
  }
}
