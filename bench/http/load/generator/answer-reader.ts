const endOfHead = '\r\n\r\n';
const contentLength = /\r\ncontent-length: *(\d+)/i;

/**
 * Reads the answers of one connection, one after the other; it knows only as much of HTTP/1.1 as
 * the servers here make use of: a body has a `Content-Length`, or the status says that there is none.
 */
export class AnswerReader {
  #received: Buffer | undefined;

  /**
   * Takes what the connection brought, and tells the status when that completes an answer.
   *
   * @throws Error for an answer whose length nobody knows
   */
  push(chunk: Buffer): number | undefined {
    const received = this.#received ? Buffer.concat([this.#received, chunk]) : chunk;
    this.#received = received;
    const headEnd = received.indexOf(endOfHead);
    if (headEnd === -1) {
      return undefined;
    }
    const head = received.toString('latin1', 0, headEnd);
    const status = Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length));
    if (received.length < headEnd + endOfHead.length + bodyLength(head, status)) {
      return undefined;
    }
    this.#received = undefined;
    return status;
  }
}

function bodyLength(head: string, status: number): number {
  if (status === 204 || status === 304) {
    return 0;
  }
  const length = contentLength.exec(head)?.[1];
  if (length === undefined) {
    throw new Error(`An answer has no length:\n${head}`);
  }
  return Number(length);
}
