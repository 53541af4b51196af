/** Causes of causes that are written; an error may be its own cause. */
const MAX_DEPTH = 5;

/**
 * Returns the fields of an error as a plain object. JSON would omit `message` and `cause`, because
 * they are not enumerable.
 */
export function errorToJson(error: Error): Record<string, unknown> {
  const { name, message, cause, ...fields } = error;
  return { name, message, ...fields, ...causeField(cause, 1) };
}

function causeField(cause: unknown, depth: number): Record<string, unknown> {
  return cause === undefined ? {} : { cause: causeToJson(cause, depth) };
}

/** Other fields of a cause may contain each other, which JSON cannot express. */
function causeToJson(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const { name, message, cause } = error;
  const code = 'code' in error ? { code: String(error.code) } : {};
  return { name, message, ...code, ...(depth < MAX_DEPTH && causeField(cause, depth + 1)) };
}
