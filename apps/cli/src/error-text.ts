import {
  ChangesExpiredError,
  ConnectionError,
  ForbiddenError,
  InsufficientStockError,
  ProblemError,
  ProductApiError,
  RateLimitError,
  StockChangedError,
  StockOverflowError,
  TimeoutError,
  ValidationError,
} from '@product-api/client';
import { MissingProductsError } from './errors.js';
import { printable } from './output/printable.js';
import { UnconfirmedWriteError } from './requests/unconfirmed-write.js';

/** Returns the message for an error: one or more lines, without a trailing line break. */
export function errorText(error: unknown): string {
  if (error instanceof UnconfirmedWriteError) {
    return [errorText(error.cause), ...repeatAdvice(error)].join('\n');
  }
  if (error instanceof ValidationError) {
    return lines(error.problem.detail, fieldErrors(error));
  }
  if (error instanceof InsufficientStockError) {
    return lines(error.problem.detail, shortages(error));
  }
  if (error instanceof StockChangedError || error instanceof StockOverflowError) {
    return lines(error.problem.detail, [`${error.productId}: ${error.available} in stock`]);
  }
  if (error instanceof ChangesExpiredError) {
    return lines(error.problem.detail, [
      `The earliest change that is left is behind the cursor ${error.earliestCursor}`,
      'What happened before it is lost here: export the products again, with --cursor-file.',
    ]);
  }
  if (error instanceof ProblemError) {
    return lines(error.problem.detail, [requestLine(error), ...remedies(error)]);
  }
  if (error instanceof MissingProductsError) {
    return lines(error.message, error.ids.map(printable));
  }
  if (error instanceof ConnectionError) {
    return lines(error.message, [rootCause(error), ADVICE]);
  }
  if (error instanceof TimeoutError) {
    return lines(error.message, [ADVICE]);
  }
  if (error instanceof ProductApiError) {
    return lines(error.message, remedies(error));
  }
  return lines(error instanceof Error ? error.message : String(error), []);
}

const ADVICE = 'Is the service running there? Set its base URL with --base-url or CATALOG_URL.';

function lines(message: string, details: readonly string[]): string {
  return [`error: ${message}`, ...details.map((detail) => `  ${detail}`)].join('\n');
}

function fieldErrors({ errors }: ValidationError): string[] {
  return errors.map(({ field, message }) => `${field}: ${message}`);
}

function shortages(error: InsufficientStockError): string[] {
  return error.shortages.map(
    ({ product_id, requested, available }) =>
      `${product_id}: ${requested} requested, ${available} in stock`,
  );
}

function requestLine({ method, url, status, requestId }: ProductApiError): string {
  // A proxy before the service may give no id.
  const id = requestId === undefined ? '' : `; request id ${requestId}`;
  return `${method} ${url} returned ${status}${id}`;
}

/** Says what to do about an error of access, of this service or of a proxy before it. */
function remedies(error: ProductApiError): string[] {
  if (error instanceof ForbiddenError && error.requiredScope !== undefined) {
    const scope = error.requiredScope;
    return [`Use a key that has this scope: catalog keys create NAME --scope ${scope}`];
  }
  if (error.status === 401 || error.status === 403) {
    return [
      'Log in with catalog login, or set CATALOG_API_KEY or --api-key-file; --verbose shows which is used.',
      'If a proxy wants other credentials, put its Authorization header into CATALOG_HEADERS.',
    ];
  }
  if (error instanceof RateLimitError && error.retryAfterSeconds !== undefined) {
    return [`The service says to wait ${Math.ceil(error.retryAfterSeconds)} s.`];
  }
  return [];
}

/** Says how to repeat a write safely. A shell must not read the key as anything but a word. */
function repeatAdvice({ message, idempotencyKey }: UnconfirmedWriteError): string[] {
  const key = /^[\w.:-]+$/.test(idempotencyKey)
    ? idempotencyKey
    : `'${idempotencyKey.replaceAll("'", String.raw`'\''`)}'`;
  return [
    `  ${message}. To repeat it safely, give the same command with this key:`,
    `  --idempotency-key ${key}`,
  ];
}

/** Returns the message of the innermost cause, such as `connect ECONNREFUSED …`. */
function rootCause(error: Error): string {
  if (error.cause instanceof Error) {
    return rootCause(error.cause);
  }
  // A host name with several addresses fails with one error per address, and an empty message.
  if (error instanceof AggregateError && error.errors[0] instanceof Error) {
    return rootCause(error.errors[0]);
  }
  return error.message;
}
