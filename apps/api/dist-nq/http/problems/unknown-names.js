import { distance } from 'fastest-levenshtein';
/** Maximum number of unknown names in one response. */
const MAX_REPORTED = 100;
/** Longer names are cut in a response, and get no suggestion. */
const MAX_NAME_LENGTH = 100;
/** A suggestion differs from the unknown name in at most this share of its characters. */
const MAX_DIFFERENCE = 0.4;
/**
 * Returns a fault for each name that a request should not have, with the known name that it
 * resembles most.
 *
 * @param kind what the names are, as in `Unknown field`
 */
export function unknownNames(kind, names, known) {
    return names.slice(0, MAX_REPORTED).map((name) => ({
        field: name.slice(0, MAX_NAME_LENGTH),
        message: `Unknown ${kind}; ${advice(name, known)}`,
    }));
}
function advice(name, known) {
    const nearest = nearestName(name, known);
    if (nearest !== undefined) {
        return `did you mean ${nearest}?`;
    }
    return known.length === 0 ? 'this route has none' : `expected one of: ${known.join(', ')}`;
}
function nearestName(name, known) {
    if (name.length > MAX_NAME_LENGTH) {
        return undefined;
    }
    const [nearest] = known
        .map((candidate) => ({ candidate, difference: difference(name, candidate) }))
        .filter((each) => each.difference <= MAX_DIFFERENCE)
        .sort((a, b) => a.difference - b.difference);
    return nearest?.candidate;
}
/** Returns the share of characters that must be edited, whatever the case of the letters. */
function difference(name, candidate) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    return edits / Math.max(name.length, candidate.length);
}
//# sourceMappingURL=unknown-names.js.map