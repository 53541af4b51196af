/** Formats a counterexample: its steps, numbered, and then the promises that they break. */
export function formatCounterexample(
  steps: readonly string[],
  violations: readonly string[],
): string {
  return [
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    ...violations.map((violation) => `  violation: ${violation}`),
  ].join('\n');
}
