// Instead of apps/api/dist/http/express-prototypes.js: Node's own requests and answers, whose
// prototypes Express changes for each.
export function classesOf() {
  return {};
}
