/** What a peer is told when it is started; the variables have the names that the service gives them. */
export interface PeerSettings {
  readonly port: number;
  readonly redisUrl: string;
  /** The database's file. */
  readonly databasePath: string;
}

/** Reads a peer's settings from its environment; text that is not there is empty. */
export function peerSettings(environment: NodeJS.ProcessEnv = process.env): PeerSettings {
  return {
    port: Number(environment['PORT']),
    redisUrl: environment['REDIS_URL'] ?? '',
    databasePath: (environment['DATABASE_URL'] ?? '').replace(/^file:/, ''),
  };
}
