import { randomUUID } from 'node:crypto';

/** Random digits, in the form of a UUID v4: 74 random bits for each process. */
const RANDOM_LENGTH = '00000000-0000-4000-8000-'.length;
const COUNTER_DIGITS = 12;

/** The low digits of the counter, printed once. */
const LOW_DIGITS = 3;
const LOW = Array.from({ length: 16 ** LOW_DIGITS }, (_, n) => hex(n, LOW_DIGITS));

/**
 * Makes the ids of a process's requests: UUIDs in form, random up to the last group, which counts the
 * requests. A wholly random one for each takes half a microsecond, and a dozen strings to put it together.
 */
export function requestIds(): () => string {
  const random = randomUUID().slice(0, RANDOM_LENGTH);
  let count = 0;
  let begin = '';
  return () => {
    const low = count % LOW.length;
    if (low === 0) begin = random + hex(count / LOW.length, COUNTER_DIGITS - LOW_DIGITS);
    count += 1;
    return `${begin}${LOW[low]}`;
  };
}

function hex(n: number, digits: number): string {
  return n.toString(16).padStart(digits, '0');
}
