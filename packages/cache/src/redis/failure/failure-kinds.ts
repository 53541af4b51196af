import type { StoreFailureKind } from '../../store/store-failure.js';

const kindsByCode: Readonly<Record<string, StoreFailureKind>> = {
  ECONNREFUSED: 'connection-refused',
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'name-service-down',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  EHOSTDOWN: 'no-route',
  ENETDOWN: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  ENOENT: 'socket-missing',
  ENOTSOCK: 'socket-missing',
  EACCES: 'socket-forbidden',
  EPERM: 'socket-forbidden',
  ETIMEDOUT: 'connect-timeout',
  ECONNRESET: 'connection-lost',
  ECONNABORTED: 'connection-lost',
  EPIPE: 'connection-lost',
  ERR_SSL_WRONG_VERSION_NUMBER: 'server-speaks-no-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'server-speaks-no-tls',
  ERR_SSL_HTTP_REQUEST: 'server-speaks-no-tls',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-of-other-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-not-trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-not-trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-not-trusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-not-trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-not-trusted',
  CERT_UNTRUSTED: 'certificate-not-trusted',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'client-certificate-needed',
};

/** Returns the kind of an error by its code in Node. */
export function kindOfCode(code: string | undefined): StoreFailureKind | undefined {
  return (
    kindsByCode[code ?? ''] ??
    (code !== undefined && /^(ERR_SSL|ERR_TLS|EPROTO)/.test(code) ? 'tls-failed' : undefined)
  );
}

/** Returns the kind of an ioredis error about bytes that are not RESP. 21 begins a TLS alert. */
export function kindOfProtocolError(message: string): StoreFailureKind | undefined {
  // A reply without a command.
  if (message.startsWith('Command queue state error')) {
    return 'not-redis';
  }
  const [, type] = /^Unknown RESP type (\d+)/.exec(message) ?? [];
  if (type === undefined) {
    return undefined;
  }
  return type === '21' ? 'server-speaks-tls' : 'not-redis';
}

/** The first match decides. For errors in scripts, Redis 6 puts other words before the code. */
const kindsByReply: readonly (readonly [RegExp, StoreFailureKind])[] = [
  [/^WRONGPASS/, 'wrong-credentials'],
  [/^NOAUTH/, 'password-needed'],
  [/no password is set|without any password configured/, 'no-password-set'],
  [/DB index is out of range|invalid DB index/, 'no-such-database'],
  [/max number of clients/, 'too-many-clients'],
  [/^DENIED/, 'protected-mode'],
  [/\bNOPERM\b|ACL failure in script|executing the script can't/, 'not-permitted'],
  [/^(MOVED|ASK|CLUSTERDOWN|TRYAGAIN) |in cluster mode/, 'cluster-node'],
  [/\bCROSSSLOT\b|non local key in a cluster node|hash to the same slot/, 'cross-slot'],
  [/\bLOADING\b/, 'loading'],
  [/\bBUSY\b/, 'busy-script'],
  [/\bREADONLY\b/, 'replica'],
  [/\bMASTERDOWN\b/, 'replica-without-primary'],
  [/\bMISCONF\b/, 'cannot-persist'],
  [/\bNOREPLICAS\b/, 'too-few-replicas'],
  [/\bOOM\b/, 'out-of-memory'],
  [/syntax error/, 'too-old'],
  [/unknown command|Unknown Redis command/i, 'unknown-command'],
];

/** Returns the kind of an error reply of Redis. */
export function kindOfReply(message: string): StoreFailureKind {
  return kindsByReply.find(([pattern]) => pattern.test(message))?.[1] ?? 'other';
}

const kindsThatRefuseUse: ReadonlySet<StoreFailureKind> = new Set<StoreFailureKind>([
  'password-needed',
  'wrong-credentials',
  'not-permitted',
  'cluster-node',
  'cross-slot',
  'too-old',
  'unknown-command',
  'loading',
  'busy-script',
  'replica',
  'replica-without-primary',
  'cannot-persist',
  'too-few-replicas',
]);

/** Returns whether Redis would refuse other commands of the cache for the same reason. */
export function refusesUse(kind: StoreFailureKind): boolean {
  return kindsThatRefuseUse.has(kind);
}
