import { PreconditionFailedError } from '../problems/problem-errors.js';
import { type EntityTagList, includesTag, parseEntityTags } from './entity-tag-list.js';

/** The conditional headers of a request. */
export interface ConditionalHeaders {
  readonly 'if-match'?: string | undefined;
  readonly 'if-none-match'?: string | undefined;
}

/** The current representation of a resource. */
export interface CurrentRepresentation {
  /** The name in messages, such as `product`. */
  readonly name: string;
  readonly entityTag: string;
}

/** Returns whether a change is allowed whenever its resource exists. */
export function isUnconditional(headers: ConditionalHeaders): boolean {
  const ifMatch = headers['if-match'] ?? '*';
  return ifMatch === '*' && headers['if-none-match'] === undefined;
}

/**
 * Requires that both conditions of a change hold (RFC 9110 §13.1.1, §13.1.2). A malformed header
 * never holds, so that a change meant to be conditional is never made without its condition.
 *
 * @throws {PreconditionFailedError} when a condition does not hold
 */
export function requirePreconditions(
  headers: ConditionalHeaders,
  current: CurrentRepresentation,
): void {
  if (headers['if-match'] !== undefined) {
    requireIfMatch(headers['if-match'], current);
  }
  if (headers['if-none-match'] !== undefined) {
    requireIfNoneMatch(headers['if-none-match'], current);
  }
}

/**
 * Requires that both conditions of a change hold for a resource that does not exist: `If-Match`
 * never does, `If-None-Match` does.
 *
 * @param name the name of the resource in messages, such as `product`
 * @throws {PreconditionFailedError} when a condition does not hold
 */
export function requirePreconditionsOfAbsence(headers: ConditionalHeaders, name: string): void {
  if (headers['if-match'] !== undefined) {
    throw new PreconditionFailedError(`If-Match requires that the ${name} exists`);
  }
  if (headers['if-none-match'] !== undefined) {
    requireList('If-None-Match', headers['if-none-match']);
  }
}

/**
 * Requires that the `If-Match` header of a change or a read holds (RFC 9110 §13.1.1).
 *
 * @throws {PreconditionFailedError} when it does not hold
 */
export function requireIfMatch(header: string, { name, entityTag }: CurrentRepresentation): void {
  const list = requireList('If-Match', header);
  if (list !== '*' && list.size === 0) {
    throw new PreconditionFailedError('If-Match names no entity tag');
  }
  if (!includesTag(list, entityTag)) {
    throw new PreconditionFailedError(`The ${name} has changed since it was read`);
  }
}

function requireIfNoneMatch(header: string, { name, entityTag }: CurrentRepresentation): void {
  const list = requireList('If-None-Match', header);
  if (list === '*') {
    throw new PreconditionFailedError(`If-None-Match is *, and the ${name} exists`);
  }
  if (includesTag(list, entityTag)) {
    throw new PreconditionFailedError(
      `If-None-Match names the entity tag that the ${name} has now`,
    );
  }
}

function requireList(name: string, header: string): EntityTagList {
  const list = parseEntityTags(header);
  if (list === undefined) {
    throw new PreconditionFailedError(
      `${name} should be * or a list of entity tags with quotes, as in the ETag header`,
    );
  }
  return list;
}
