/** Why a store cannot be used, or not for everything. */
export interface StoreFailure {
  readonly kind: StoreFailureKind;
  /** What Redis, Node or this package said, in one line; never a password. */
  readonly message: string;
  /** The command that was refused, and the keys that it named, where that is known. */
  readonly command?: string;
  readonly keys?: readonly string[];
  /** Milliseconds that were waited, for `'connect-timeout'` and `'command-timeout'`. */
  readonly limitMs?: number;
}

/** What kind of a failure it is: each kind has a remedy of its own. */
export type StoreFailureKind =
  // No connection
  | 'connection-refused'
  | 'host-not-found'
  | 'name-service-down'
  | 'no-route'
  | 'socket-missing'
  | 'socket-forbidden'
  | 'connect-timeout'
  /** The connection was accepted, and closed before Redis had replied to anything. */
  | 'closed-before-reply'
  | 'connection-lost'
  | 'not-redis'
  | 'command-timeout'
  // TLS
  | 'server-speaks-tls'
  | 'server-speaks-no-tls'
  | 'certificate-not-trusted'
  | 'certificate-expired'
  | 'certificate-of-other-host'
  | 'client-certificate-needed'
  | 'tls-failed'
  // Refused by Redis at the connection
  | 'wrong-credentials'
  | 'password-needed'
  | 'no-password-set'
  | 'no-such-database'
  | 'too-many-clients'
  | 'protected-mode'
  // Refused by Redis for a command
  | 'not-permitted'
  | 'cluster-node'
  | 'cross-slot'
  | 'too-old'
  | 'unknown-command'
  // Refused by Redis for the time being
  | 'loading'
  | 'busy-script'
  | 'replica'
  | 'replica-without-primary'
  | 'cannot-persist'
  | 'too-few-replicas'
  | 'out-of-memory'
  // Found by this process
  | 'behind-log'
  /** The service of another database uses the same keys, or did until a moment ago. */
  | 'claimed-by-other-database'
  /** The same, of another copy of the database: one of them was restored from a backup. */
  | 'claimed-by-copy'
  | 'change-log-failed'
  | 'other';

/** Whether a store is used at this moment, and if not, or not for everything, why. */
export type StoreCondition =
  | { readonly state: 'ready' }
  /** Requests are served without the store; undefined where nothing is known yet. */
  | { readonly state: 'bypassed'; readonly failure: StoreFailure | undefined }
  /** What the store holds is served, and it takes no new entries. */
  | { readonly state: 'full'; readonly failure: StoreFailure };
