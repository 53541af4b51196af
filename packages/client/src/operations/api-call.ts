/** The result of a call together with the response that it came from. */
export interface ApiResponse<Data> {
  readonly data: Data;
  readonly status: number;
  readonly headers: Headers;
  /** The `X-Request-Id` of the response, which identifies the request in the service's log. */
  readonly requestId: string | undefined;
  /**
   * Whether the response is that of an earlier request with the same idempotency key, such as an
   * attempt whose response was lost.
   */
  readonly replayed: boolean;
  /** The number of requests that were sent, including retries. */
  readonly attempts: number;
}

/**
 * A call in progress: a promise of its data.
 *
 * @example
 * ```ts
 * const product = await client.products.get(id);
 * const { data, status, requestId, attempts } = await client.products.get(id).withResponse();
 * ```
 */
export class ApiCall<Data> implements Promise<Data> {
  readonly [Symbol.toStringTag] = 'ApiCall';
  readonly #response: Promise<ApiResponse<Data>>;

  constructor(response: Promise<ApiResponse<Data>>) {
    this.#response = response;
  }

  /** Returns the data together with status, headers, request id and number of attempts. */
  withResponse(): Promise<ApiResponse<Data>> {
    return this.#response;
  }

  // biome-ignore lint/suspicious/noThenProperty: this is a promise
  then<Result = Data, Failure = never>(
    onFulfilled?: ((data: Data) => Result | PromiseLike<Result>) | null,
    onRejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Result | Failure> {
    return this.#data().then(onFulfilled, onRejected);
  }

  catch<Failure = never>(
    onRejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Data | Failure> {
    return this.#data().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Data> {
    return this.#data().finally(onFinally);
  }

  #data(): Promise<Data> {
    return this.#response.then(({ data }) => data);
  }
}
