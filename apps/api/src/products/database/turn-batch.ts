/** How the requests of a batch are answered. */
export interface TurnBatchOptions<Request, Answer> {
  /**
   * Does at once what all the requests ask for, and answers with how each of them is answered.
   * Where it rejects, so does every request.
   */
  readonly answerAll: (
    requests: readonly Request[],
  ) => Promise<(request: Request) => Answer | Promise<Answer>>;
  /**
   * Requests with the same key are answered in successive turns, in their order.
   * Default: all requests of a turn are answered together.
   */
  readonly keyOf?: (request: Request) => string;
}

interface Waiting<Request, Answer> {
  readonly request: Request;
  readonly resolve: (answer: Promise<Answer>) => void;
}

/**
 * Collects what is asked for in one turn of the event loop and has it answered together at the end
 * of the turn, an idea of https://github.com/graphql/dataloader. No answer begins before its request.
 */
export class TurnBatch<Request, Answer> {
  readonly #answerAll: TurnBatchOptions<Request, Answer>['answerAll'];
  readonly #keyOf: TurnBatchOptions<Request, Answer>['keyOf'];
  #waiting: Waiting<Request, Answer>[] = [];

  constructor({ answerAll, keyOf }: TurnBatchOptions<Request, Answer>) {
    this.#answerAll = answerAll;
    this.#keyOf = keyOf;
  }

  /** Asks at the end of this turn, or of the first turn in which no earlier request has the same key. */
  ask(request: Request): Promise<Answer> {
    return new Promise((resolve) => {
      if (this.#waiting.length === 0) setImmediate(this.#endTurn);
      this.#waiting.push({ request, resolve });
    });
  }

  readonly #endTurn = (): void => {
    const batch = this.#takeBatch();
    if (this.#waiting.length > 0) setImmediate(this.#endTurn);
    const answers = this.#answerAll(batch.map(({ request }) => request));
    for (const { request, resolve } of batch) resolve(answers.then((answer) => answer(request)));
  };

  /** Takes what can be answered together, and leaves what has the key of an earlier request. */
  #takeBatch(): readonly Waiting<Request, Answer>[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    const keyOf = this.#keyOf;
    if (!keyOf) return waiting;
    const batch = new Map<string, Waiting<Request, Answer>>();
    for (const one of waiting) {
      const key = keyOf(one.request);
      if (batch.has(key)) this.#waiting.push(one);
      else batch.set(key, one);
    }
    return [...batch.values()];
  }
}
