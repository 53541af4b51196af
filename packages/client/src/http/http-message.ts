/** The method and address of a request. */
export interface HttpRequest {
  /** The method, such as `GET`. */
  readonly method: string;
  /** The absolute URL, without credentials. */
  readonly url: string;
}

/** An HTTP response that was received completely, and the request that it belongs to. */
export interface HttpResponse {
  readonly request: HttpRequest;
  /** 0 for a redirect that a browser hides. */
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The URL that the response came from, if the request was redirected. */
  readonly redirectedTo: string | undefined;
}

/** Returns whether a method only reads: such a request may be repeated and redirected. */
export function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
