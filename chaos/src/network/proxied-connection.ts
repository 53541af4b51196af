import { connect, type Socket } from 'node:net';
import { Lane, type Passage } from './lane.js';
import type { NetworkFault } from './network-fault.js';

/** A client's connection and the one that stands for it at the server. */
export class ProxiedConnection {
  readonly #sockets: readonly [Socket, Socket];
  readonly #lanes: readonly Lane[];
  #isBroken = false;

  /** @param fault tells what is wrong with the path at the moment, if anything is */
  constructor(client: Socket, port: number, fault: () => NetworkFault | undefined) {
    const server = connect({ host: '127.0.0.1', port, noDelay: true });
    client.setNoDelay();
    this.#sockets = [client, server];
    this.#lanes = [
      new Lane(client, server, () => this.#passage('requests', fault())),
      new Lane(server, client, () => this.#passage('answers', fault())),
    ];
  }

  /** Delivers what was held up. */
  release(): void {
    for (const lane of this.#lanes) {
      lane.release();
    }
  }

  /** Breaks it without telling either end: nothing passes any more. */
  abandon(): void {
    this.#isBroken = true;
  }

  /** Breaks it, and tells both ends. */
  reset(): void {
    for (const lane of this.#lanes) {
      lane.close();
    }
    for (const socket of this.#sockets) {
      socket.resetAndDestroy();
    }
  }

  #passage(what: 'requests' | 'answers', fault: NetworkFault | undefined): Passage {
    if (fault?.kind === 'blackhole') {
      this.#isBroken = true;
    }
    if (this.#isBroken) {
      return 'drop';
    }
    if (fault?.kind === 'stall' && (fault.what === what || fault.what === 'everything')) {
      return 'hold';
    }
    return { delayMs: fault?.kind === 'delay' ? fault.ms : 0 };
  }
}
