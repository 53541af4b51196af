import { type Problem, type ProblemKind, problems, problemType } from '@product-api/contract';

/** A product as the service returns it. */
export const mouse = {
  id: '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b',
  name: 'Wireless Mouse',
  description: 'Ergonomic wireless mouse',
  price: 29.99,
  stock_quantity: 100,
};

/** Returns a problem document of the given kind. */
export function problem(kind: ProblemKind): Problem {
  const { status, title } = problems[kind];
  return { type: problemType(kind), title, status, detail: title, request_id: 'request-1' };
}
