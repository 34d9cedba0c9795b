import fastify from 'fastify';
import { guardResponses } from 'safe-collection/fastify';

import { listen, type Service } from '../http/serve.ts';
import { adminReportRoute } from './admin-report-route.ts';
import { apiKeyRoute } from './api-key-route.ts';
import { loginRoute } from './login-route.ts';
import type { Accounts } from './open-accounts.ts';
import { Tokens } from './tokens.ts';

/** Serves the routes of trusted code on a free port of 127.0.0.1. It sends no raw document and no sealed value. */
export async function serveAccounts(accounts: Accounts): Promise<Service> {
  const app = fastify();
  await app.register(guardResponses, { envelope: ['error', 'token', 'name', 'role'] });
  const tokens = new Tokens();
  await loginRoute(app, accounts, tokens);
  apiKeyRoute(app, accounts);
  adminReportRoute(app, accounts, tokens);
  return await listen(app);
}
