import { array, number, string } from '../checks/check.js';
import type { ProblemError } from '../errors/problem-error.js';
import {
  InsufficientStockError,
  StockChangedError,
  StockOverflowError,
} from '../errors/stock-errors.js';
import { checkShortage, type Problem, problemTypes } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import { checkedField, type ReceivedProblem } from './problem-document.js';

/**
 * Creates the error for an adjustment that the stock does not allow; undefined for any other
 * problem, and for one without the fields of its kind.
 */
export function stockError(
  response: HttpResponse,
  problem: Problem,
  received: ReceivedProblem | undefined,
): ProblemError | undefined {
  if (problem.type === problemTypes['insufficient-stock']) {
    const shortages = checkedField(received, 'shortages', array(checkShortage));
    return shortages && new InsufficientStockError(response, problem, shortages);
  }
  const ErrorClass = refusedProductErrors.get(problem.type);
  const productId = checkedField(received, 'product_id', string());
  const available = checkedField(received, 'available', number({ integer: true }));
  if (ErrorClass === undefined || productId === undefined || available === undefined) {
    return undefined;
  }
  return new ErrorClass(response, problem, { productId, available });
}

const refusedProductErrors = new Map<string, typeof StockChangedError | typeof StockOverflowError>([
  [problemTypes['stock-changed'], StockChangedError],
  [problemTypes['stock-overflow'], StockOverflowError],
]);
