import { MismatchError } from './mismatch-error.js';

/**
 * Checks a value that was received, and returns it without the fields that the contract does not
 * declare.
 *
 * @param path where the value is in the response body, such as `items.0.price`; empty for the body
 * @throws {MismatchError} when the value does not match
 */
export type Check<Value> = (value: unknown, path: string) => Value;

/** Requires a string; lengths are in code points. */
export function string(
  rules: { minLength?: number; maxLength?: number; pattern?: RegExp } = {},
): Check<string> {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = rules;
  return (value, path) => {
    if (typeof value !== 'string') {
      throw mismatch(path, 'a string', value);
    }
    const { length } = [...value];
    if (length < minLength || length > maxLength) {
      throw new MismatchError(path, `${minLength} to ${maxLength} characters`, String(length));
    }
    if (pattern?.test(value) === false) {
      throw new MismatchError(path, `text that matches ${pattern}`, 'other text');
    }
    return value;
  };
}

/** Requires a number: at least `min`, at most `max`, less than `below`. */
export function number(
  rules: { integer?: boolean; min?: number; max?: number; below?: number } = {},
): Check<number> {
  const { integer = false, min = -Infinity, max = Infinity, below = Infinity } = rules;
  return (value, path) => {
    if (typeof value !== 'number' || (integer && !Number.isInteger(value))) {
      throw mismatch(path, integer ? 'an integer' : 'a number', value);
    }
    if (value < min || value > max || value >= below) {
      const limit = below < Infinity ? `below ${below}` : `at most ${max}`;
      throw new MismatchError(path, `at least ${min} and ${limit}`, String(value));
    }
    return value;
  };
}

/** Requires `true` or `false`. */
export function boolean(): Check<boolean> {
  return (value, path) => {
    if (typeof value !== 'boolean') {
      throw mismatch(path, 'true or false', value);
    }
    return value;
  };
}

/** Requires one of these values. */
export function oneOf<const Value>(...values: readonly Value[]): Check<Value> {
  return (value, path) => {
    const found = values.find((each) => each === value);
    if (found === undefined) {
      throw mismatch(path, values.map((each) => JSON.stringify(each)).join(' or '), value);
    }
    return found;
  };
}

/** Allows `undefined` as well, for a field that may be absent. */
export function optional<Value>(check: Check<Value>): Check<Value | undefined> {
  return (value, path) => (value === undefined ? undefined : check(value, path));
}

/** Allows `null` as well. */
export function nullable<Value>(check: Check<Value>): Check<Value | null> {
  return (value, path) => (value === null ? null : check(value, path));
}

/** Requires an array of such items. */
export function array<Item>(item: Check<Item>): Check<Item[]> {
  return (value, path) => {
    if (!Array.isArray(value)) {
      throw mismatch(path, 'an array', value);
    }
    return value.map((each: unknown, index) => item(each, inside(path, String(index))));
  };
}

/** Requires an object with these fields. Removes all others, as a newer service may send more. */
export function object<Value extends object>(
  fields: {
    readonly [Field in keyof Value]-?: Check<Value[Field]>;
  },
): Check<Value> {
  const entries = Object.entries<Check<unknown>>(fields);
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw mismatch(path, 'an object', value);
    }
    // The indexed fields of an unknown object are unknown, and each is checked.
    const received = value as Readonly<Record<string, unknown>>;
    const checked = entries.flatMap(([name, check]) => {
      const field = check(received[name], inside(path, name));
      return field === undefined ? [] : [[name, field]];
    });
    // Each field of `Value` was checked, which the type of `Object.fromEntries` does not express.
    return Object.fromEntries(checked) as Value;
  };
}

/** Requires no body. */
export function nothing(): Check<undefined> {
  return () => undefined;
}

function inside(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function mismatch(path: string, expected: string, value: unknown): MismatchError {
  return new MismatchError(path, expected, nameOfType(value));
}

/** Names the type only: an error message must not contain data of the service. */
function nameOfType(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (value === null) {
    return 'null';
  }
  return Array.isArray(value) ? 'array' : typeof value;
}
