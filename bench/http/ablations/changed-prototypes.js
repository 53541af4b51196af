// Replaces express-prototypes.js: requests and responses have Node's prototypes, which Express then
// changes on each object.
export function expressClasses() {
  return {};
}
