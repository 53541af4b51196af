/** A promise and the functions that settle it. `Promise.withResolvers` needs Node 22. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** Creates a deferred promise. */
export function deferred<T>(): Deferred<T> {
  let resolve: Deferred<T>['resolve'] = unset;
  let reject: Deferred<T>['reject'] = unset;
  // The constructor calls this function before it returns, so both are set below.
  const promise = new Promise<T>((resolvePromise, rejectPromise) => {
    resolve = resolvePromise;
    reject = rejectPromise;
  });
  return { promise, resolve, reject };
}

function unset(): void {}
