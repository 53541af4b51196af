import { apiCompare, type Diff } from 'api-smart-diff';

// Of the libraries that install from npm alone, api-smart-diff is the only one that compares
// parameters and enums within a second. It finds every change; these rules correct how it
// classifies some of them.

/** A rule that makes a change breaking although api-smart-diff does not say so. */
interface Rule {
  /** Where the change is: the keys from the root of the document to the change, joined by `/`. */
  readonly path: RegExp;
  readonly actions: readonly Diff['action'][];
}

const stricterRules: readonly Rule[] = [
  // A generated client names its functions by it.
  { path: /\/operationId$/, actions: ['replace'] },
  // A client sends what the service would then ignore, or refuse.
  { path: /\/requestBody\/.*\/properties\/[^/]+$/, actions: ['remove'] },
  { path: /\/requestBody\/.*\/additionalProperties$/, actions: ['add'] },
  // A client gets a value that it does not know.
  { path: /\/responses\/.*\/(type|format|enum\/\d+)$/, actions: ['replace'] },
  { path: /\/responses\/.*\/nullable$/, actions: ['add', 'replace'] },
  { path: /\/responses\/\d+\/headers\/[^/]+\/schema\/enum\/\d+$/, actions: ['add'] },
  // A client may rely on the header.
  { path: /\/responses\/\d+\/headers\/[^/]+\/required$/, actions: ['replace', 'remove'] },
];

const compatible: readonly RegExp[] = [
  // A component counts where it is used: the comparison resolves references.
  /^components\//,
  // Clients must expect problems of kinds that a later version adds.
  /\/responses\/[45]\d\d\/.*\/oneOf\/\d+$/,
];

/** Returns the changes between two OpenAPI documents that can break a client, one line for each. */
export function breakingChanges(before: object, after: object): string[] {
  const { diffs } = apiCompare(copyOf(before), copyOf(after));
  return diffs.filter(isBreaking).map(describe);
}

/** Copies a document as it is sent: the comparison changes its arguments, and counts undefined. */
function copyOf(document: object): unknown {
  return JSON.parse(JSON.stringify(document));
}

function isBreaking({ type, action, path, after }: Diff): boolean {
  const location = path.join('/');
  if (location.endsWith('/security')) {
    return !allowsAnonymous(after);
  }
  if (compatible.some((pattern) => pattern.test(location))) {
    return false;
  }
  const isStricter = stricterRules.some(
    (rule) => rule.path.test(location) && rule.actions.includes(action),
  );
  return type === 'breaking' || (isStricter && !(location.endsWith('/required') && after === true));
}

/** Returns whether a client without credentials can still be served: one requirement is empty. */
function allowsAnonymous(security: unknown): boolean {
  return JSON.stringify(security).includes('{}');
}

function describe({ action, path, before, after }: Diff): string {
  const values = [before, after].map((value) => JSON.stringify(value)?.slice(0, 80) ?? 'nothing');
  return `${action} ${path.join(' › ')}: ${values.join(' → ')}`;
}
