/** Returns the faults of variables that are valid each, but not together. */
export function sentinelFaults(variables) {
    const isSet = (variable) => variables[variable] !== undefined;
    const password = {
        path: ['REDIS_SENTINEL_PASSWORD'],
        message: 'should be set, as REDIS_SENTINEL_USER is',
    };
    return [
        ...(isSet('REDIS_SENTINEL_USER') && !isSet(password.path[0]) ? [password] : []),
        ...(isSet('REDIS_SENTINELS')
            ? faultsWithSentinels(variables)
            : faultsWithoutSentinels(variables)),
    ];
}
function faultsWithSentinels(variables) {
    const name = {
        path: ['REDIS_SENTINEL_NAME'],
        message: 'should be set, as REDIS_SENTINELS is: the NAME of `sentinel monitor NAME …` in their configuration',
    };
    const url = {
        path: ['REDIS_URL'],
        message: 'should start with redis:// or rediss:// (TLS), as REDIS_SENTINELS is set',
    };
    return [
        ...(variables['REDIS_SENTINEL_NAME'] === undefined ? [name] : []),
        ...(/^unix:/i.test(variables['REDIS_URL'] ?? '') ? [url] : []),
    ];
}
const needingSentinels = ['REDIS_SENTINEL_NAME', 'REDIS_SENTINEL_USER', 'REDIS_SENTINEL_PASSWORD'];
function faultsWithoutSentinels(variables) {
    const set = needingSentinels.filter((variable) => variables[variable] !== undefined);
    const tls = variables['REDIS_SENTINEL_TLS'] === 'true' ? ['REDIS_SENTINEL_TLS'] : [];
    const message = 'should be set only with REDIS_SENTINELS, the addresses of the sentinels';
    return [...set, ...tls].map((variable) => ({ path: [variable], message }));
}
/**
 * Returns the settings with the address of the primary that the sentinels name, if there are any.
 * User, password, database and TLS are those of `REDIS_URL`; its host and port are not used.
 */
export function withSentinels(settings) {
    const { REDIS_URL: url, REDIS_SENTINELS: sentinels, REDIS_SENTINEL_NAME: name } = settings;
    if (sentinels === undefined || name === undefined) {
        return settings;
    }
    const { REDIS_SENTINEL_USER: username = 'default', REDIS_SENTINEL_PASSWORD: password } = settings;
    const address = {
        kind: 'sentinels',
        name,
        sentinels,
        tls: url?.kind === 'host' && url.tls,
        database: url?.database ?? 0,
        ...(url?.credentials && { credentials: url.credentials }),
        sentinelTls: settings.REDIS_SENTINEL_TLS,
        ...(password !== undefined && { sentinelCredentials: { username, password } }),
    };
    return { ...settings, REDIS_URL: address };
}
//# sourceMappingURL=sentinels.js.map