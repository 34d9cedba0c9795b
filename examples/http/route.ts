import type { IncomingHttpHeaders } from 'node:http';
import type { ParsedQs } from 'qs';
import type { Exposed } from 'safe-collection';

export interface Request {
  /** The decoded `:segments` of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** Nested, as Express parses it: `?username[$ne]=` becomes `{ username: { $ne: '' } }`. */
  readonly query: ParsedQs;
  readonly headers: IncomingHttpHeaders;
  /** What the client sent as JSON, whatever that is; `undefined` of a GET. */
  readonly body: unknown;
}

/** What a route may send: documents that came through a view. A raw one does not compile here. `null` answers 404. */
export type Answer = Exposed<object> | readonly Exposed<object>[] | null;

export interface Route {
  /** GET where it is not said. */
  readonly method?: 'POST' | 'PATCH';
  /** 200 where it is not said. */
  readonly status?: 201;
  /** `/api/user/:id` */
  readonly path: string;
  readonly handle: (request: Request) => Promise<Answer>;
}

/** The parameters of a path that fits the route's, or `undefined`. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const names = pattern.split('/');
  const segments = path.split('/');
  if (names.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const segment = segments[index] ?? '';
    if (name.startsWith(':')) params[name.slice(1)] = decodeURIComponent(segment);
    else if (name !== segment) return undefined;
  }
  return params;
}
