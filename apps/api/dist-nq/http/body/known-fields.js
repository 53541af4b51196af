import { z } from 'zod';
import { prefersStrictHandling } from '../headers/prefer.js';
import { ValidationError } from '../problems/problem-errors.js';
import { faultsWithBody } from '../problems/request-faults.js';
/**
 * Creates middleware that refuses a parsed body with fields that its schema does not have, also in
 * the objects of its lists, together with all other faults of the request, if
 * - the request prefers strict handling, which the response then confirms, or
 * - the body has only such fields: it is a mistake, such as `prize` for `price`.
 *
 * All other bodies pass: the contract's validation ignores their unknown fields.
 */
export function requireKnownFields(route) {
    const known = Object.keys(route.body.shape);
    const strict = withoutUnknownFields(route.body);
    return (request, response, next) => {
        const isStrict = prefersStrictHandling(request.get('Prefer'));
        if (isStrict) {
            response.setHeader('Preference-Applied', 'handling=strict');
        }
        if (isStrict || hasOnlyUnknownFields(request, known)) {
            const { error } = strict.safeParse(request.body);
            if (error) {
                throw new ValidationError(faultsWithBody(error, request, route));
            }
        }
        next();
    };
}
function hasOnlyUnknownFields({ body }, known) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        return false;
    }
    const names = Object.keys(body);
    return names.length > 0 && !names.some((name) => known.includes(name));
}
/** Returns a schema that refuses unknown fields of an object and of the objects in its lists. */
function withoutUnknownFields(schema) {
    if (schema instanceof z.ZodObject) {
        const fields = Object.entries(schema.shape);
        return schema
            .extend(Object.fromEntries(fields.map(([name, each]) => [name, withoutUnknownFields(each)])))
            .strict();
    }
    if (schema instanceof z.ZodArray) {
        return new z.ZodArray({ ...schema._def, type: withoutUnknownFields(schema.element) });
    }
    return schema;
}
//# sourceMappingURL=known-fields.js.map