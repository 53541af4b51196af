import { connect, type Socket } from 'node:net';
import { Channel, type Transit } from './channel.js';
import type { Impairment } from './impairment.js';

/** A client's connection to the proxy, and the proxy's connection to the server. */
export class ProxiedConnection {
  readonly #sockets: readonly [Socket, Socket];
  readonly #channels: readonly Channel[];
  #isBroken = false;

  /** @param impairment returns the current impairment of the path, if any */
  constructor(client: Socket, port: number, impairment: () => Impairment | undefined) {
    const server = connect({ host: '127.0.0.1', port, noDelay: true });
    client.setNoDelay();
    this.#sockets = [client, server];
    this.#channels = [
      new Channel(client, server, () => this.#transit('requests', impairment())),
      new Channel(server, client, () => this.#transit('replies', impairment())),
    ];
  }

  /** Delivers everything that is held back or delayed. */
  release(): void {
    for (const channel of this.#channels) {
      channel.release();
    }
  }

  /** Drops all further bytes, without an error at either end. */
  abandon(): void {
    this.#isBroken = true;
  }

  /** Resets the connection at both ends. */
  reset(): void {
    for (const channel of this.#channels) {
      channel.close();
    }
    for (const socket of this.#sockets) {
      socket.resetAndDestroy();
    }
  }

  #transit(what: 'requests' | 'replies', impairment: Impairment | undefined): Transit {
    if (impairment?.kind === 'blackhole') {
      this.#isBroken = true;
    }
    if (this.#isBroken) {
      return 'drop';
    }
    if (
      impairment?.kind === 'stall' &&
      (impairment.what === what || impairment.what === 'everything')
    ) {
      return 'hold';
    }
    return { delayMs: impairment?.kind === 'delay' ? impairment.ms : 0 };
  }
}
