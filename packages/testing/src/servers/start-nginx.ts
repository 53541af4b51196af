import { writeFile } from 'node:fs/promises';
import { findNginx } from '../programs/find-programs.js';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.js';
import { onFreePort } from './on-free-port.js';
import { startServerProcess } from './server-process.js';

/** Options of `startNginx`. */
export interface StartNginxOptions {
  /** The content of the `server` block after `listen`, such as `location / { proxy_pass …; }`. */
  readonly directives: string;
}

/** An nginx on 127.0.0.1 for one test or test file. */
export interface Nginx {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly baseUrl: string;
  /** Ends nginx and deletes its files; a second call does nothing. */
  stop(): Promise<void>;
}

/**
 * Starts nginx on a free port, with all its files in a temporary folder, and returns when it
 * responds.
 *
 * @throws {MissingProgramError} when nginx is not installed
 * @throws {ServerStartError} when nginx does not start, for example because a directive is invalid.
 */
export function startNginx({ directives }: StartNginxOptions): Promise<Nginx> {
  return startNginxWith((folder, port) => configuration(folder, port, directives));
}

/**
 * Starts nginx with a whole configuration, which must be that of a single process in the
 * foreground.
 *
 * @param configure returns the configuration; all its files must be in the folder
 * @throws {MissingProgramError} when nginx is not installed
 * @throws {ServerStartError} when nginx does not start
 */
export async function startNginxWith(
  configure: (folder: TemporaryFolder, port: number) => string,
): Promise<Nginx> {
  const program = await findNginx();
  const folder = await temporaryFolder();
  const launch = async (port: number) => {
    const baseUrl = `http://127.0.0.1:${port}`;
    const file = folder.file('nginx.conf');
    await writeFile(file, configure(folder, port));
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

/** A single process, which runs as the current user: other users need no access to the folder. */
function configuration({ path }: TemporaryFolder, port: number, directives: string): string {
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const temporaryPaths = folders.map((name) => `${name}_temp_path ${path}/${name};`);
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
