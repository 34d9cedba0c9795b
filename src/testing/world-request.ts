/** A request that is sent to the application in each world. */
export interface WorldRequest {
  /** Default: `GET`, or `POST` if there is a body. */
  readonly method?: string;
  /** Path and query: `/users/ada?fields=email`. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, everything else as JSON. */
  readonly body?: unknown;
}

/** A request in the form that each kind of application takes. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** The request with its defaults. */
export function sentRequest({ method, url, headers = {}, body }: WorldRequest): SentRequest {
  if (body === undefined) return { method: method ?? 'GET', url, headers, body: undefined };
  const isText = typeof body === 'string';
  return {
    method: method ?? 'POST',
    url,
    headers: isText ? headers : { 'content-type': 'application/json', ...headers },
    body: isText ? body : JSON.stringify(body),
  };
}
