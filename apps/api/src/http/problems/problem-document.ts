import {
  type FieldError,
  type Problem,
  type ProblemKind,
  problems,
  problemType,
  type ValidationProblem,
} from '@product-api/contract';

/** Makes the problem document (RFC 9457) of an error answer. */
export function problemDocument(
  kind: ProblemKind,
  detail: string,
  requestId: string,
  errors?: readonly FieldError[],
): Problem | ValidationProblem {
  return {
    type: problemType(kind),
    title: problems[kind].title,
    status: problems[kind].status,
    detail,
    ...(errors && { errors }),
    request_id: requestId,
  };
}
