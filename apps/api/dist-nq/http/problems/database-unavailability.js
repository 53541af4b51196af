const changesRefused = {
    detail: 'No changes can be stored at present; reads are served',
    retryAfterSeconds: 5,
    isLogged: true,
};
const notUsable = {
    detail: 'The database cannot be used at present',
    retryAfterSeconds: 30,
    isLogged: true,
};
const unavailabilities = {
    busy: { detail: 'The service is busy; try again soon', retryAfterSeconds: 1, isLogged: false },
    constraint: undefined,
    full: changesRefused,
    'read-only': changesRefused,
    corrupt: notUsable,
    io: { ...notUsable, isLogged: false },
    unreachable: {
        detail: 'The database cannot be reached at present',
        retryAfterSeconds: 1,
        isLogged: true,
    },
    unusable: notUsable,
};
/**
 * Returns the response to a request that the database could not serve; undefined for other failures
 * and for errors that are not of the database.
 */
export function databaseUnavailability(failure) {
    return failure && unavailabilities[failure];
}
//# sourceMappingURL=database-unavailability.js.map