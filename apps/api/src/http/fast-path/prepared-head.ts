import { ServerResponse } from 'node:http';
import type { Response } from 'express';
import {
  keepAliveHeader,
  REQUEST_ID_HEADER,
  securityHeaders,
} from '../headers/constant-headers.js';

/**
 * Where Node keeps the head's text from `writeHead` until it is sent. It is not documented, though it
 * has been there since the first versions and middleware reads it widely (`on-headers`, `morgan`).
 */
interface HeadKeeper {
  _header: unknown;
}

/** The text of a head that Node has written, around what differs from answer to answer. */
interface HeadText {
  readonly beforeOwn: string;
  readonly afterDate: string;
}

/** A text, and whether all of it is ASCII. */
export interface Body {
  readonly text: string;
  readonly isAscii: boolean;
}

/** Headers as Node takes them, and as it prints them. */
export class OwnHeaders {
  readonly list: readonly string[];
  /** Their text up to the request's id, which is the next header's value. */
  readonly textToId: string;

  constructor(headers: Readonly<Record<string, string>>) {
    const entries = Object.entries(headers);
    this.list = entries.flat();
    const lines = entries.map(([name, value]) => `${name}: ${value}\r\n`);
    // Joined, as what is added up would be put together anew for every answer.
    this.textToId = [...lines, `${REQUEST_ID_HEADER}: `].join('');
  }
}

/**
 * The head of answers that are sent many times. Node writes the first; from then on its text is
 * repeated with the headers, the request's id and the date of another answer. To check and join a
 * dozen headers for each costs a seventh of a cached read. Whatever is not an ordinary answer on a
 * connection that goes on is left to Node, as is every answer where Node does not show what it wrote.
 */
export class PreparedHead {
  readonly #status: number;
  readonly #constant: readonly string[];
  readonly #httpDate: () => string;
  #text: HeadText | undefined;
  /** The text from the date on, and the date in it. */
  #end = '';
  #endDate = '';

  /**
   * @param headers what all the answers have beside the security headers
   * @param httpDate tells the time as HTTP does
   */
  constructor(status: number, headers: Readonly<Record<string, string>>, httpDate: () => string) {
    this.#status = status;
    this.#constant = [...securityHeaders, ...Object.entries(headers)].flat();
    this.#httpDate = httpDate;
  }

  /**
   * Answers a request with this head, headers of the answer's own, and a body. One of ASCII goes out
   * with the head's text in one piece, where `end` would write two.
   */
  send(response: Response, own: OwnHeaders, body: Body): void {
    const { id } = response.req;
    const repeatable = isRepeatable(response);
    if (repeatable && this.#text) {
      response.statusCode = this.#status;
      const text = this.#text.beforeOwn + own.textToId + id + this.#endOf(this.#text);
      headKeeper(response)._header = body.isAscii ? text + body.text : text;
      response.end(body.isAscii ? '' : body.text);
      return;
    }
    const keepAlive = response.shouldKeepAlive ? keepAliveHeader : [];
    const headers = [...this.#constant, ...keepAlive, ...own.list, REQUEST_ID_HEADER, id];
    ServerResponse.prototype.writeHead.call(response, this.#status, headers);
    if (repeatable) {
      this.#text = headText(response, own);
    }
    response.end(body.text);
  }

  #endOf({ afterDate }: HeadText): string {
    const date = this.#httpDate();
    if (date !== this.#endDate) {
      this.#endDate = date;
      this.#end = ['\r\nDate: ', date, afterDate].join('');
    }
    return this.#end;
  }
}

/** Whether the head is as any other of this status: nothing was set before, and the connection goes on. */
function isRepeatable(response: Response): boolean {
  return (
    response.shouldKeepAlive &&
    response.req.httpVersion === '1.1' &&
    response.getHeaderNames().length === 0
  );
}

/** The text of the head that was just written; undefined where Node does not keep it as expected. */
function headText(response: Response, own: OwnHeaders): HeadText | undefined {
  const head = String(headKeeper(response)._header);
  const ownAt = head.indexOf(own.textToId);
  const written = /^[\w.-]+\r\nDate: [^\r]+(\r\n.*\r\n\r\n)$/s.exec(
    head.slice(ownAt + own.textToId.length),
  );
  const afterDate = written?.[1];
  if (!head.startsWith('HTTP/1.1 ') || ownAt === -1 || afterDate === undefined) {
    return undefined;
  }
  return { beforeOwn: head.slice(0, ownAt), afterDate };
}

function headKeeper(response: object): HeadKeeper {
  // Undocumented, and so in no types.
  return response as HeadKeeper;
}
