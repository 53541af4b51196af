import { z } from 'zod';
import { documented } from './schema-metadata.js';

/** Maximum number of characters of a key, without quotes and escapes. */
const MAX_LENGTH = 255;

/**
 * A string in quotes, in which `\` escapes a quote or itself (RFC 8941 §3.3.3), or a bare token.
 * Both have visible ASCII characters only. A token has none that a list or a string needs: Node
 * joins repeated headers with a comma, and two keys must not pass as one.
 */
const KEY = new RegExp(
  String.raw`^(?:"(?:[!#-[\]-~]|\\["\\]){1,${MAX_LENGTH}}"|[!#-+\--:<-[\]-~]{1,${MAX_LENGTH}})$`,
);

/**
 * The `Idempotency-Key` of a write (draft-ietf-httpapi-idempotency-key-header-07). Its output is
 * the key without quotes: `"a"` and `a` are the same key.
 */
export const idempotencyKeySchema = documented(
  z
    .string()
    .regex(
      KEY,
      `Input should be a key of 1 to ${MAX_LENGTH} visible ASCII characters, in quotes or as a bare token`,
    )
    .transform(unquoted)
    .optional(),
  // Without an example, because Swagger UI would send it with every request.
  {
    description: `Makes the write safe to repeat: a random text of 1 to ${MAX_LENGTH} visible ASCII characters, in quotes or as a bare token, such as a UUID. The same request with the same key gets the response of the first one again, with \`Idempotent-Replayed: true\`, and changes nothing. Another request with the same key is refused with 422. Keys are kept for a day, unless the service is set otherwise.`,
  },
);

/** The headers of a write that is safe to repeat. */
export const idempotencyHeaders = z.object({ 'idempotency-key': idempotencyKeySchema });

function unquoted(header: string): string {
  return header.startsWith('"') ? header.slice(1, -1).replaceAll(/\\(.)/g, '$1') : header;
}
