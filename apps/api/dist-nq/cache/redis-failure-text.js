import { formatRedisAddress } from '@product-api/cache';
import { sentinelRemedies } from './sentinel-remedies.js';
/** Explains why Redis cannot be used, and what to do. The text never has a password. */
export function redisFailureText(failure, address) {
    const [reason, remedy] = texts[failure.kind];
    const where = {
        at: placeOf(failure, address),
        user: address.credentials?.username ?? 'default',
        database: address.database,
        command: commandText(failure),
        limit: `${failure.limitMs ?? '?'} ms`,
    };
    const detail = failure.message === '' ? '' : ` (${failure.message})`;
    const ownRemedy = address.kind === 'sentinels' ? sentinelRemedies[failure.kind] : undefined;
    return { reason: `${reason(where)}${detail}`, remedy: ownRemedy ?? remedy };
}
/** Returns the address of the server, or of the sentinels while they have named none. */
function placeOf({ server }, address) {
    if (address.kind !== 'sentinels' || server === undefined) {
        return formatRedisAddress(address);
    }
    const { name, tls } = address;
    return `${tls ? 'rediss' : 'redis'}://${server} (primary "${name}")`;
}
/** Returns the same explanation as one sentence. */
export function redisFailureSentence(failure, address) {
    const { reason, remedy } = redisFailureText(failure, address);
    return `${reason}: ${remedy}`;
}
function commandText({ command = 'a command', keys = [] }) {
    return keys.length === 0 ? command : `${command} on ${keys.join(', ')}`;
}
const WAIT_OR_READ_LOG = 'wait: the service uses Redis again by itself; if this lasts, read the log of Redis';
const texts = {
    'connection-refused': [
        ({ at }) => `No server accepts connections at ${at}`,
        'start Redis, or correct host and port in REDIS_URL',
    ],
    'host-not-found': [
        ({ at }) => `The host name of ${at} does not exist`,
        'correct the host in REDIS_URL, or add it to DNS',
    ],
    'name-service-down': [
        ({ at }) => `DNS could not resolve the host name of ${at}`,
        'check the DNS settings of this machine (resolv.conf)',
    ],
    'no-route': [
        ({ at }) => `There is no network route to ${at}`,
        'check the network between this machine and Redis, or correct the host in REDIS_URL',
    ],
    'socket-missing': [
        ({ at }) => `There is no socket of Redis at ${at}`,
        'start Redis with `unixsocket` set to this path, or correct the path in REDIS_URL',
    ],
    'socket-forbidden': [
        ({ at }) => `This process may not use the socket ${at}`,
        'let its user read and write the socket (`unixsocketperm`, or the group of Redis)',
    ],
    'connect-timeout': [
        ({ at, limit }) => `No connection was made to ${at} within ${limit}`,
        'check that Redis runs and that a firewall lets this machine through; with rediss://, check that Redis serves TLS on this port, else write redis://',
    ],
    'closed-before-reply': [
        ({ at }) => `The connection to ${at} was closed before Redis replied`,
        'if Redis serves TLS on this port, write rediss:// in REDIS_URL; else read the log of Redis, or of a proxy in front of it',
    ],
    'connection-lost': [({ at }) => `The connection to ${at} was lost`, WAIT_OR_READ_LOG],
    'not-redis': [
        ({ at }) => `The server at ${at} does not speak the protocol of Redis`,
        'correct host and port in REDIS_URL',
    ],
    'command-timeout': [
        ({ at, limit }) => `Redis at ${at} did not reply within ${limit}`,
        'find out what keeps Redis or the network busy (SLOWLOG GET, INFO stats), or raise REDIS_TIMEOUT_MS',
    ],
    'sentinels-unreachable': [
        ({ at }) => `No sentinel could be asked for the primary of ${at}`,
        'start the sentinels, or correct REDIS_SENTINELS; where they serve TLS set REDIS_SENTINEL_TLS=true, and else false',
    ],
    'sentinel-login-refused': [
        ({ at }) => `The sentinels refused the login for ${at}`,
        'correct REDIS_SENTINEL_USER and REDIS_SENTINEL_PASSWORD, or the user in the sentinels (ACL LIST)',
    ],
    'primary-unknown': [
        ({ at }) => `The sentinels know no primary of this name: ${at}`,
        'correct REDIS_SENTINEL_NAME or REDIS_SENTINELS (SENTINEL MASTERS lists the names)',
    ],
    'server-speaks-tls': [
        ({ at }) => `The server at ${at} speaks TLS`,
        'write rediss:// in REDIS_URL',
    ],
    'server-speaks-no-tls': [
        ({ at }) => `The server at ${at} does not speak TLS`,
        'write redis:// in REDIS_URL, or set `tls-port` in Redis',
    ],
    'certificate-not-trusted': [
        ({ at }) => `The certificate of ${at} was issued by an authority that this process does not trust`,
        'start the process with NODE_EXTRA_CA_CERTS set to the file of the issuing certificate (in its environment, not in .env)',
    ],
    'certificate-expired': [
        ({ at }) => `The certificate of ${at} has expired or is not valid yet`,
        'renew the certificate of Redis, or correct the clock of this machine',
    ],
    'certificate-of-other-host': [
        ({ at }) => `The certificate of ${at} is for another host name`,
        'use the host name of the certificate in REDIS_URL, or issue a certificate for this host name',
    ],
    'client-certificate-needed': [
        ({ at }) => `Redis at ${at} requires a client certificate, which this service does not have`,
        'set `tls-auth-clients no` in Redis; the password in REDIS_URL then identifies the service',
    ],
    'tls-failed': [
        ({ at }) => `TLS with ${at} failed`,
        'check that Redis serves TLS on this port, and with which versions (`tls-protocols`)',
    ],
    'wrong-credentials': [
        ({ user }) => `Redis rejected the login of the user "${user}": the password is wrong, or the user is unknown or disabled`,
        'correct user and password in REDIS_URL, or the user in Redis (ACL LIST)',
    ],
    'password-needed': [
        () => 'Redis requires a password, but REDIS_URL has none or Redis did not accept it',
        'add it to REDIS_URL: redis://:password@host, or redis://user:password@host',
    ],
    'no-password-set': [
        () => 'REDIS_URL has a password, but Redis has none set',
        'remove the password from REDIS_URL, or set `requirepass` in Redis',
    ],
    'no-such-database': [
        ({ database }) => `Redis has no database ${database}`,
        'write a smaller number at the end of REDIS_URL, or raise `databases` in Redis',
    ],
    'too-many-clients': [
        ({ at }) => `Redis at ${at} has reached its maximum number of clients`,
        'raise `maxclients` in Redis, or find the clients that hold the connections (CLIENT LIST)',
    ],
    'protected-mode': [
        ({ at }) => `Redis at ${at} is in protected mode and accepts only clients on its own machine`,
        'set a password in Redis and in REDIS_URL',
    ],
    'not-permitted': [
        ({ user, command }) => `The user "${user}" may not run ${command}`,
        'allow the command and the keys with ACL SETUSER; docs/operations.md has the rule',
    ],
    'cluster-node': [
        ({ at }) => `Redis at ${at} is a node of a cluster, which this service cannot use`,
        'point REDIS_URL at a Redis with `cluster-enabled no`',
    ],
    'cross-slot': [
        ({ at }) => `Redis at ${at} runs in cluster mode, where one command cannot change keys of different slots`,
        'point REDIS_URL at a Redis with `cluster-enabled no`',
    ],
    'too-old': [
        ({ at }) => `Redis at ${at} is too old: it does not know SET with GET`,
        'upgrade Redis to 6.2 or newer',
    ],
    'unknown-command': [
        ({ at, command }) => `Redis at ${at} does not know ${command}`,
        'remove `rename-command` for it in Redis, or use a Redis that has it (6.2 or newer)',
    ],
    loading: [({ at }) => `Redis at ${at} is still loading its data`, WAIT_OR_READ_LOG],
    'busy-script': [
        ({ at }) => `Redis at ${at} is busy with a script or function`,
        'end it with SCRIPT KILL or FUNCTION KILL',
    ],
    replica: [
        ({ at }) => `Redis at ${at} is a replica and accepts no writes`,
        'point REDIS_URL at the primary',
    ],
    'replica-without-primary': [
        ({ at }) => `Redis at ${at} is a replica that has lost its primary`,
        'point REDIS_URL at the primary',
    ],
    'cannot-persist': [
        ({ at }) => `Redis at ${at} refuses writes because it cannot save its data`,
        'free its disk or correct its folder (see its log), or set `stop-writes-on-bgsave-error no`',
    ],
    'too-few-replicas': [
        ({ at }) => `Redis at ${at} refuses writes because too few replicas follow it`,
        'repair the replicas, or lower `min-replicas-to-write`',
    ],
    'out-of-memory': [
        ({ at }) => `Redis at ${at} has no memory left for new entries`,
        'raise `maxmemory`, or set an eviction policy such as `maxmemory-policy allkeys-lru`',
    ],
    'behind-log': [
        () => 'The cache is not up to date with the database',
        'wait: it is used again once it is up to date; if this lasts, read the other lines of this log',
    ],
    'claimed-by-other-database': [
        ({ at }) => `Another catalog uses the same keys in Redis at ${at}`,
        'give each running catalog its own CACHE_NAMESPACE; if the other one was stopped or replaced, wait some seconds until this one takes its place',
    ],
    'claimed-by-copy': [
        ({ at }) => `Another copy of this catalog uses the same keys in Redis at ${at}`,
        'if both run, give each its own CACHE_NAMESPACE; if a backup was restored, wait some seconds until this one takes its place',
    ],
    'change-log-failed': [
        () => 'The change log of the database cannot be read',
        'see the log for the error of the database',
    ],
    other: [({ at }) => `Redis at ${at} cannot be used`, WAIT_OR_READ_LOG],
};
//# sourceMappingURL=redis-failure-text.js.map