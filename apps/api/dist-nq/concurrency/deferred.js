/** Creates a deferred promise. */
export function deferred() {
    let resolve = unset;
    let reject = unset;
    // The constructor calls this function before it returns, so both are set below.
    const promise = new Promise((resolvePromise, rejectPromise) => {
        resolve = resolvePromise;
        reject = rejectPromise;
    });
    return { promise, resolve, reject };
}
function unset() { }
//# sourceMappingURL=deferred.js.map