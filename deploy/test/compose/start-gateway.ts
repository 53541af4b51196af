import { writeFile } from 'node:fs/promises';
import { findNginx, freePort, startServerProcess, temporaryFolder } from '@product-api/testing';
import { repositoryFile } from '../repository-file.ts';

/** nginx with the configuration of the gateway, on 127.0.0.1. */
export interface Gateway {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly baseUrl: string;
  /** Ends nginx and deletes its files. */
  stop(): Promise<void>;
}

/**
 * Starts nginx with deploy/compose/nginx.conf. Only the addresses of the container are replaced:
 * the names of the services by `hosts`, the port and the folder for temporary files by free ones.
 *
 * @param hosts the address of each service, such as `127.0.0.1:8080`
 */
export async function startGateway(hosts: Readonly<Record<string, string>>): Promise<Gateway> {
  const [program, port, folder] = await Promise.all([findNginx(), freePort(), temporaryFolder()]);
  const baseUrl = `http://127.0.0.1:${port}`;
  const file = folder.file('nginx.conf');
  const configuration = Object.entries(hosts).reduce(
    (text, [name, host]) => text.replace(`${name}:8080`, host),
    repositoryFile('deploy/compose/nginx.conf'),
  );
  await writeFile(
    file,
    configuration
      .replace('listen 8080;', `listen 127.0.0.1:${port};`)
      .replaceAll('/tmp/', `${folder.path}/`),
  );
  const server = await startServerProcess({
    name: 'nginx',
    program,
    // The container runs nginx as a user without rights; here it keeps the current one.
    args: ['-c', file, '-e', 'stderr', '-g', 'daemon off; master_process off;'],
    cwd: folder.path,
    env: {},
    isReady: async () => (await fetch(baseUrl, { redirect: 'manual' })).status > 0,
  });
  return {
    baseUrl,
    async stop() {
      server.signal('SIGTERM');
      await server.exit;
      await folder.remove();
    },
  };
}
