import { DatabaseError } from '@product-api/database';
import { StartError } from '../errors.js';
/** Maximum number of causes to follow: errors can be each other's causes. */
const MAX_CAUSES = 5;
/**
 * Returns the text for an operator about an error that ends the process: only the message of a
 * fault that the operator can repair; for any other error, which is a bug, the place and the stack.
 *
 * @param place what failed, as the subject of a sentence: `The start of the service`
 */
export function failureText(error, place) {
    if (error instanceof StartError || error instanceof DatabaseError) {
        return error.message;
    }
    return `${place} failed for an unexpected reason, please report it:\n${stackText(error, MAX_CAUSES)}`;
}
/**
 * Returns the stack of an error and of its causes, without their properties: these can hold
 * passwords in URLs (`input` of ERR_INVALID_URL) and in command arguments (`command` of a Redis
 * error).
 */
function stackText(error, causes) {
    if (!(error instanceof Error)) {
        return `a value of type ${typeof error} was thrown instead of an error`;
    }
    const stack = error.stack ?? `${error.name}: ${error.message}`;
    if (error.cause === undefined || causes === 0) {
        return stack;
    }
    return `${stack}\nCaused by: ${stackText(error.cause, causes - 1)}`;
}
//# sourceMappingURL=failure-text.js.map