/** The settings of a peer; the environment variables have the same names as those of the service. */
export interface PeerSettings {
  readonly port: number;
  readonly redisUrl: string;
  /** The path of the database file. */
  readonly databasePath: string;
}

/** Reads a peer's settings from the environment. */
export function peerSettings(environment: NodeJS.ProcessEnv = process.env): PeerSettings {
  return {
    port: Number(environment['PORT']),
    redisUrl: environment['REDIS_URL'] ?? '',
    databasePath: (environment['DATABASE_URL'] ?? '').replace(/^file:/, ''),
  };
}
