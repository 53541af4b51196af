import { writeFile } from 'node:fs/promises';
import { findNginx } from './find-nginx.js';
import { onFreePort } from './on-free-port.js';
import { startServerProcess } from './server-process.js';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.js';

/** How nginx is started for a test. */
export interface StartNginxOptions {
  /** What its one `server` block has besides `listen`, such as `location / { proxy_pass …; }`. */
  readonly directives: string;
}

/** A real nginx of the caller's own, on 127.0.0.1. */
export interface Nginx {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly baseUrl: string;
  /** Ends it and deletes its files; a second call does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts nginx on a free port, with all its files in a temporary folder, and returns when it responds.
 *
 * @throws MissingProgramError when there is no nginx.
 * @throws ServerStartError when it does not start, for a fault in the directives for example.
 */
export async function startNginx({ directives }: StartNginxOptions): Promise<Nginx> {
  const program = await findNginx();
  const folder = await temporaryFolder();
  const launch = async (port: number) => {
    const baseUrl = `http://127.0.0.1:${port}`;
    const file = folder.file('nginx.conf');
    await writeFile(file, configuration(folder, port, directives));
    const server = await startServerProcess({
      name: 'nginx',
      program,
      args: ['-p', folder.path, '-c', file, '-e', 'stderr'],
      cwd: folder.path,
      env: {},
      isReady: async () => (await fetch(baseUrl, { redirect: 'manual' })).status > 0,
    });
    return { baseUrl, server };
  };
  const { baseUrl, server } = await onFreePort(launch).catch(async (error) => {
    await folder.remove();
    throw error;
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

/** One process, which runs as whoever starts it; so the folder needs to be open to nobody else. */
function configuration({ path }: TemporaryFolder, port: number, directives: string): string {
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const temporaryPaths = places.map((name) => `${name}_temp_path ${path}/${name};`);
  return `
daemon off;
master_process off;
pid ${path}/nginx.pid;
events {}
http {
  access_log off;
  ${temporaryPaths.join('\n  ')}
  server {
    listen 127.0.0.1:${port};
    ${directives}
  }
}
`;
}
