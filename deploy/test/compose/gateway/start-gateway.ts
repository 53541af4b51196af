import { type Nginx, startNginxWith } from '@product-api/testing';
import { repositoryFile } from '../../repository-file.ts';

/** The container runs nginx with a primary process; here one process keeps the current user. */
const ONE_PROCESS = 'daemon off;\nmaster_process off;\n';

/**
 * Starts nginx with deploy/compose/nginx.conf. Only the addresses of the container are replaced:
 * the names of the services by `hosts`, the port and the folder for temporary files by free ones.
 *
 * @param hosts the address of each service, such as `127.0.0.1:8080`
 */
export function startGateway(hosts: Readonly<Record<string, string>>): Promise<Nginx> {
  const configuration = Object.entries(hosts).reduce(
    (text, [name, host]) => text.replace(`${name}:8080`, host),
    repositoryFile('deploy/compose/nginx.conf'),
  );
  return startNginxWith(
    ({ path }, port) =>
      ONE_PROCESS +
      configuration
        .replace('listen 8080;', `listen 127.0.0.1:${port};`)
        .replaceAll('/tmp/', `${path}/`),
  );
}
