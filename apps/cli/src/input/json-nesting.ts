/** Maximum depth of nested arrays and objects; the service refuses deeper ones. */
export const MAX_NESTING = 100;

/**
 * Returns whether arrays and objects of a JSON value are nested more than `limit` deep.
 * `JSON.parse` reads any depth, but `JSON.stringify` of its result may overflow the stack.
 */
export function isNestedTooDeeply(value: unknown, limit = MAX_NESTING): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (limit === 0 || Object.values(value).some((each) => isNestedTooDeeply(each, limit - 1)))
  );
}
