/**
 * Returns whether arrays and objects of a JSON value are nested more than `limit` deep; `[[1]]` is
 * nested two deep. `JSON.parse` reads any depth, but `JSON.stringify` of its result may overflow
 * the stack.
 */
export function isNestedDeeperThan(limit: number, value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (limit === 0 || Object.values(value).some((each) => isNestedDeeperThan(limit - 1, each)))
  );
}
