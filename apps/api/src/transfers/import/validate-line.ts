import {
  createProductSchema,
  type ImportQuery,
  toProductId,
  updateProductSchema,
} from '@product-api/contract';
import { z } from 'zod';
import { faultsOf } from '../../http/problems/request-faults.js';
import type { SourceLine } from '../file/source-line.js';
import type { AcceptedLine, ImportLine } from './import-line.js';

const id = z
  .string({
    required_error: 'Field required',
    invalid_type_error: 'Input should be a valid string',
  })
  .transform((text, context) => {
    const productId = toProductId(text);
    if (productId === undefined) {
      context.addIssue({ code: 'custom', message: 'Input should be a UUID version 4' });
      return z.NEVER;
    }
    return productId;
  });

/** The schema of a line that has all fields of a product. */
const wholeLine = createProductSchema.extend({ id: id.optional() });

/** The schema of a line that has the fields to change. */
const changeLine = updateProductSchema.extend({ id });

/** The same without fields that a product does not have. */
const strictWholeLine = wholeLine.strict();
const strictChangeLine = changeLine.strict();

const knownFields = Object.keys(wholeLine.shape);

/** How lines are validated. */
export interface LineValidation {
  readonly mode: ImportQuery['mode'];
  /** Whether a field that a product does not have is refused, and not ignored. */
  readonly isStrict: boolean;
  /** Returns the id of a new product. */
  readonly newId: () => string;
}

/** Validates a line by the contract's schemas of a request that creates or changes a product. */
export function validateLine(
  { line, content }: SourceLine,
  { mode, isStrict, newId }: LineValidation,
): ImportLine {
  if ('errors' in content) {
    return { line, errors: content.errors };
  }
  const { value } = content;
  const isExact = isStrict || hasOnlyUnknownFields(value);
  const accept = (
    changes: object,
    given: string | undefined,
    creation: AcceptedLine['creation'],
  ): ImportLine => ({
    line,
    id: given,
    newId: given ?? newId(),
    changes,
    creation,
  });

  const wholeSchema = isExact ? strictWholeLine : wholeLine;
  const whole = mode === 'update' ? undefined : wholeSchema.safeParse(value);
  if (whole?.success) {
    const { id: given, ...product } = whole.data;
    return accept(product, given, { product });
  }
  const creationErrors = whole ? faultsOf(whole.error, wholeLine) : [];
  if (mode === 'create' || (mode === 'upsert' && !hasId(value))) {
    return { line, errors: creationErrors };
  }
  const change = (isExact ? strictChangeLine : changeLine).safeParse(value);
  if (!change.success) {
    return { line, errors: faultsOf(change.error, changeLine) };
  }
  const { id: given, ...changes } = change.data;
  return accept(changes, given, { errors: creationErrors });
}

function hasId(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && value.id !== undefined;
}

/** Such a line is a mistake, such as `prize` for `price`. */
function hasOnlyUnknownFields(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return false;
  }
  const names = Object.keys(value).filter((name) => name !== 'id');
  return names.length > 0 && !names.some((name) => knownFields.includes(name));
}
