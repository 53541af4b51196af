import { checkZodSchema, extractZodObjectShape, isZodObject, } from '@ts-rest/core';
import { z } from 'zod';
import { unknownNames } from './unknown-names.js';
/** Returns the faults that the contract found in a request to a route, each with its field. */
export function requestFaults({ pathParams, headers, query, body }, route, sentQuery) {
    return [
        ...faultsOf(pathParams),
        ...faultsOf(headers),
        ...queryFaults(query, route, sentQuery),
        ...faultsOf(body, 'body' in route ? route.body : undefined),
    ];
}
/** Returns all faults of a request whose body has the given faults. */
export function faultsWithBody(body, { params, headers, query }, route) {
    const errorOf = (value, schema) => {
        const result = checkZodSchema(value, schema);
        return result.success ? null : result.error;
    };
    const faults = {
        pathParams: errorOf(params, route.pathParams),
        headers: errorOf(headers, route.headers),
        query: errorOf(query, route.query),
        body,
    };
    return requestFaults(faults, route, query);
}
/** Returns the faults of a part of a request with this schema. */
function faultsOf(error, schema) {
    return (error?.issues ?? []).flatMap((issue) => {
        if (issue.code !== 'unrecognized_keys') {
            const field = issue.path.length === 0 ? 'body' : issue.path.join('.');
            return { field, message: issue.message };
        }
        const known = namesIn(schemaAt(schema, issue.path));
        return unknownNames('field', issue.keys, known).map(({ field, message }) => {
            return { field: [...issue.path, field].join('.'), message };
        });
    });
}
/** Returns the schema of a part of a value. */
function schemaAt(schema, path) {
    return path.reduce((outer, name) => {
        if (outer instanceof z.ZodArray) {
            return outer.element;
        }
        return isZodObject(outer) ? extractZodObjectShape(outer)[name] : undefined;
    }, schema);
}
function queryFaults(error, route, query) {
    const known = namesIn(route.query);
    return (error?.issues ?? []).flatMap((issue) => {
        if (issue.code === 'unrecognized_keys') {
            return unknownNames('parameter', issue.keys, known);
        }
        const field = issue.path.join('.');
        const isRepeated = Array.isArray(query[field]);
        return { field, message: isRepeated ? 'Parameter should be given only once' : issue.message };
    });
}
/** Returns the names of a schema's fields. */
function namesIn(schema) {
    return isZodObject(schema) ? Object.keys(extractZodObjectShape(schema)) : [];
}
//# sourceMappingURL=request-faults.js.map