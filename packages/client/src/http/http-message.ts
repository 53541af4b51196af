/** The method and address of a request. */
export interface HttpRequest {
  /** The method, such as `GET`. */
  readonly method: string;
  /** The absolute URL, without credentials. */
  readonly url: string;
}

/** Parts of a body that is sent or received as a stream. */
export type ByteStream = ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * An HTTP response that was received completely, unless it is a stream, and the request that it
 * belongs to.
 */
export interface HttpResponse {
  readonly request: HttpRequest;
  /** 0 for a redirect that a browser hides. */
  readonly status: number;
  readonly headers: Headers;
  /** The whole body; empty for a stream. */
  readonly text: string;
  /** The body, if it was asked for as a stream and the response is a success. */
  readonly stream?: ByteStream | undefined;
  /** The URL that the response came from, if the request was redirected. */
  readonly redirectedTo: string | undefined;
}

/** Returns whether a method only reads: such a request may be repeated and redirected. */
export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
