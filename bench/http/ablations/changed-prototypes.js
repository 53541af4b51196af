// Instead of apps/api/dist/http/fast-path/express-prototypes.js: Node's own requests and answers, whose
// prototypes Express changes for each.
export function expressClasses() {
  return {};
}
