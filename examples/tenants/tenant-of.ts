import type { FastifyRequest } from 'fastify';

import { HttpError } from '../http/http-error.ts';

/** The tenant of a request. The gateway knows it from the session, and sets the header; no client can. */
export function tenantOf({ headers }: FastifyRequest): string {
  const tenant = headers['x-tenant'];
  if (typeof tenant === 'string' && tenant !== '') return tenant;
  throw new HttpError(401, 'no_session', 'Sign in first.');
}
