import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer-reader.js';

/** A connection that is kept, with one request under way at most. */
export class Connection {
  readonly #socket: Socket;
  #onAnswer: () => void = () => undefined;

  private constructor(socket: Socket, expectedStatus: number) {
    this.#socket = socket;
    const reader = new AnswerReader();
    socket.on('data', (chunk) => {
      const status = reader.push(chunk);
      if (status === undefined) {
        return;
      }
      if (status !== expectedStatus) {
        throw new Error(`Answered ${status}, not ${expectedStatus}`);
      }
      this.#onAnswer();
    });
    socket.on('end', () => {
      throw new Error('The server has closed a connection');
    });
  }

  /** Connects; an answer with another status than the expected one ends the process. */
  static async open(port: number, expectedStatus: number): Promise<Connection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new Connection(socket, expectedStatus);
  }

  /** Sends a request; `onAnswer` is called when its answer is complete. */
  send(request: Buffer, onAnswer: () => void): void {
    this.#onAnswer = onAnswer;
    this.#socket.write(request);
  }

  close(): void {
    this.#socket.destroy();
  }
}
