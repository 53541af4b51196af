import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { ProblemError } from '../problems/problem-errors.js';
import { isOver } from './client-error-listener.js';
import { type RejectedMessage, rejectMessage } from './rejected-message.js';

const connectRefused = new ProblemError('method-not-allowed', 'This service is not a proxy', {
  headers: { Allow: '' },
});

/**
 * Creates the listener of the server's `connect` event. It refuses the request after the responses
 * to those before it on the connection.
 *
 * @param onRejected called for each refused request
 */
export function createConnectListener(onRejected: (message: RejectedMessage) => void) {
  return (_request: IncomingMessage, socket: Socket): void => {
    // Node has removed its own listener, and an error without one would end the process.
    socket.on('error', () => socket.destroy());
    const latest = socket.latestResponse;
    if (latest === undefined || isOver(latest)) {
      refuse(socket);
    } else {
      latest.once('close', () => refuse(socket));
    }
  };

  function refuse(socket: Socket): void {
    // The response before it may have ended the connection.
    if (socket.writable) {
      const requestId = rejectMessage(socket, connectRefused);
      const { status, message: detail } = connectRefused;
      const { remoteAddress } = socket;
      onRejected({ requestId, status, code: 'CONNECT', detail, remoteAddress });
    }
  }
}
