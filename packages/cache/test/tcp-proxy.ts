import { connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { freePort } from '@product-api/testing';
import { onTestFinished } from 'vitest';

/** A TCP proxy that interrupts connections to a local server while the server itself runs. */
export interface TcpProxy {
  readonly port: number;
  /** Stops forwarding data on the present connections, which stay open. New connections work. */
  stall(): void;
  /** Stops forwarding the server's replies on the present connections; requests still arrive. */
  stallAnswers(): void;
  /** Connects new clients to another port. The present connections stay. */
  leadTo(port: number): void;
  /** Limits the rate of the replies on each connection. */
  slowDown(bytesPerSecond: number): void;
  /** Ends all connections, and refuses new ones. */
  cut(): void;
  /** Accepts connections again. */
  restore(): void;
}

/** Opens a proxy to a port on 127.0.0.1 for the current test. */
export async function openTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const outboundSockets = new Set<Socket>();
  let isOpen = true;
  let target = targetPort;
  let rate = Number.POSITIVE_INFINITY;
  const cut = () => {
    isOpen = false;
    for (const socket of sockets) {
      socket.destroy();
    }
  };

  const server = createServer((inbound) => {
    if (!isOpen) {
      inbound.destroy();
      return;
    }
    const outbound = connect(target, '127.0.0.1');
    outboundSockets.add(outbound);
    outbound.on('close', () => outboundSockets.delete(outbound));
    for (const [socket, other] of [
      [inbound, outbound],
      [outbound, inbound],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    inbound.pipe(outbound);
    outbound.pipe(throttle(() => rate)).pipe(inbound);
  });

  const port = await freePort();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    cut();
    server.close();
  });
  return {
    port,
    cut,
    slowDown: (bytesPerSecond) => {
      rate = bytesPerSecond;
    },
    leadTo: (next) => {
      target = next;
    },
    stall: () => {
      for (const socket of sockets) {
        socket.unpipe();
      }
    },
    stallAnswers: () => {
      for (const socket of outboundSockets) {
        socket.unpipe();
      }
    },
    restore: () => {
      isOpen = true;
    },
  };
}

/** Creates a stream that forwards data at a limited rate. */
function throttle(bytesPerSecond: () => number): Transform {
  let idleAt = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const now = performance.now();
      idleAt = Math.max(idleAt, now) + (1000 * chunk.length) / bytesPerSecond();
      const waitMs = idleAt - now;
      if (waitMs < 1) {
        done(undefined, chunk);
      } else {
        setTimeout(() => done(undefined, chunk), waitMs);
      }
    },
  });
}
