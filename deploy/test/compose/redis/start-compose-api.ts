import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunningApi, startApi } from '@product-api/testing';
import { repositoryFile } from '../../repository-file.ts';

/** Where the Redis of a service runs. */
export interface ComposeApiOptions {
  /** The folder that takes the place of the root folder of Redis's container. */
  readonly root: string;
  /** The port of Redis. */
  readonly port: number;
  readonly namespace: string;
}

/** Starts the built service with the script of docker-compose.yml, which sets `REDIS_URL`. */
export async function startComposeApi(options: ComposeApiOptions): Promise<RunningApi> {
  const { root, port, namespace } = options;
  const script = join(root, 'start-service.sh');
  const text = repositoryFile('deploy/compose/start-service.sh')
    .replace('/run/redis/password', join(root, 'data/password'))
    .replace('redis:6379', `127.0.0.1:${port}`)
    .replace('exec node dist/main.js', 'exec "$@"');
  await writeFile(script, text);
  return startApi({
    launcher: ['sh', script],
    env: { CACHE_NAMESPACE: namespace, REDIS_TIMEOUT_MS: '2000' },
  });
}
