/** The reason why a store cannot be used, or accepts no new entries. */
export interface StoreFailure {
  readonly kind: StoreFailureKind;
  /** The message of Redis, Node or this package, in one line. It never contains a password. */
  readonly message: string;
  /** The server, as host:port, if Redis is reached by sentinels and one was connected. */
  readonly server?: string;
  /** The command that Redis refused, if known. */
  readonly command?: string;
  /** The keys of that command, if known. */
  readonly keys?: readonly string[];
  /** The timeout in milliseconds, for `'connect-timeout'` and `'command-timeout'`. */
  readonly limitMs?: number;
}

/** The kind of a failure. Each kind has its own remedy. */
export type StoreFailureKind =
  // No connection
  | 'connection-refused'
  | 'host-not-found'
  | 'name-service-down'
  | 'no-route'
  | 'socket-missing'
  | 'socket-forbidden'
  | 'connect-timeout'
  /** The server accepted the connection and closed it before its first reply. */
  | 'closed-before-reply'
  | 'connection-lost'
  | 'not-redis'
  | 'command-timeout'
  // Sentinels
  /** No sentinel replied. */
  | 'sentinels-unreachable'
  | 'sentinel-login-refused'
  /** The sentinels do not know the name of the primary. */
  | 'primary-unknown'
  // TLS
  | 'server-speaks-tls'
  | 'server-speaks-no-tls'
  | 'certificate-not-trusted'
  | 'certificate-expired'
  | 'certificate-of-other-host'
  | 'client-certificate-needed'
  | 'tls-failed'
  // Redis refused the connection
  | 'wrong-credentials'
  | 'password-needed'
  | 'no-password-set'
  | 'no-such-database'
  | 'too-many-clients'
  | 'protected-mode'
  // Redis refused a command
  | 'not-permitted'
  | 'cluster-node'
  | 'cross-slot'
  | 'too-old'
  | 'unknown-command'
  // Redis refuses commands for now
  | 'loading'
  | 'busy-script'
  | 'replica'
  | 'replica-without-primary'
  | 'cannot-persist'
  | 'too-few-replicas'
  | 'out-of-memory'
  // Found by this process
  | 'behind-log'
  /** A service with another database uses the same keys, or did so until a moment ago. */
  | 'claimed-by-other-database'
  /** A service with a copy of the same database, such as a restored backup, uses the keys. */
  | 'claimed-by-copy'
  | 'change-log-failed'
  | 'other';

/** The state of a store, with the reason if it is not fully used. */
export type StoreCondition =
  | { readonly state: 'ready' }
  /** Requests are served without the store. The failure is undefined before the first result. */
  | { readonly state: 'bypassed'; readonly failure: StoreFailure | undefined }
  /** Existing entries are served; new entries are refused. */
  | { readonly state: 'full'; readonly failure: StoreFailure };
