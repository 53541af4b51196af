import { StartError } from '../../start-error.js';

/** Where a service listens. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** The service cannot listen at its address. */
export class ListenError extends StartError {
  override readonly name = 'ListenError';

  constructor(address: ListenAddress, cause: NodeJS.ErrnoException) {
    super(explain(address, cause), { cause });
  }
}

function explain({ host, port }: ListenAddress, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use on ${host}: stop the other program or set PORT`;
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
      return `${host} is not an address of this machine: set HOST to one of its addresses, 127.0.0.1 or 0.0.0.0`;
    case 'EAFNOSUPPORT':
      return `This machine has no IPv6, which ${host} needs: set HOST to an IPv4 address, such as 127.0.0.1`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return `The host name ${host} has no address: correct HOST, or set it to 127.0.0.1 or 0.0.0.0`;
    case 'EACCES':
    case 'EPERM':
      return `This user may not listen on port ${port} of ${host}: set PORT to 1024 or higher, or permit it`;
    case 'EMFILE':
    case 'ENFILE':
      return `Too many files are open to listen on port ${port}: raise the limit (ulimit -n)`;
    default:
      return `Port ${port} of ${host} cannot be listened on (${code ?? message}): check HOST and PORT`;
  }
}
