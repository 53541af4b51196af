import { connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { freePort } from '@product-api/testing';
import { onTestFinished } from 'vitest';

/** A way to a local server that can be cut, while the server itself runs on. */
export interface TcpProxy {
  readonly port: number;
  /** Leaves the present connections open without passing anything on; new ones work. */
  stall(): void;
  /** Goes on passing on what the present connections send, but not what they are answered. */
  stallAnswers(): void;
  /** Leads new connections to another port; the present ones stay. */
  leadTo(port: number): void;
  /** Passes replies on at this rate, on each connection. */
  slowDown(bytesPerSecond: number): void;
  /** Breaks all connections and accepts no new ones. */
  cut(): void;
  /** Accepts connections again. */
  restore(): void;
}

/** Opens a proxy to a port on 127.0.0.1, for the present test. */
export async function openTcpProxy(targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const answering = new Set<Socket>();
  let passable = true;
  let target = targetPort;
  let rate = Number.POSITIVE_INFINITY;
  const cut = () => {
    passable = false;
    for (const socket of sockets) {
      socket.destroy();
    }
  };

  const server = createServer((inbound) => {
    if (!passable) {
      inbound.destroy();
      return;
    }
    const outbound = connect(target, '127.0.0.1');
    answering.add(outbound);
    outbound.on('close', () => answering.delete(outbound));
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
    outbound.pipe(paced(() => rate)).pipe(inbound);
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
      for (const socket of answering) {
        socket.unpipe();
      }
    },
    restore: () => {
      passable = true;
    },
  };
}

/** Delays what it passes on, so that it keeps to a rate in bytes a second. */
function paced(bytesPerSecond: () => number): Transform {
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
