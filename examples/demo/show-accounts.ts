import type { Db } from 'mongodb';

import { openAccounts } from '../accounts/open-accounts.ts';
import { seedAccounts } from '../accounts/seed-accounts.ts';
import { serveAccounts } from '../accounts/serve-accounts.ts';
import type { Paper } from './paper.ts';

const PASSWORD = 'engine-1843';

/** Logs in, checks a key and requests a report; prints each response and the record of each privileged read. */
export async function showAccounts(db: Db, paper: Paper): Promise<void> {
  await seedAccounts(db, { ada: PASSWORD });
  const accounts = openAccounts(db, ({ reason, operation, paths: { filter, projection } }) => {
    paper.print(
      `    logged: ${reason}, ${operation} by ${filter.join(', ')}${projection.length === 0 ? '' : ` reads ${projection.join(', ')}`}`,
    );
  });
  await using service = await serveAccounts(accounts);
  const show = async (method: 'GET' | 'POST', path: string, init: RequestInit = {}): Promise<string> => {
    paper.print(paper.bold(`${method} ${path}`));
    const response = await fetch(service.url + path, { method, ...init });
    const text = await response.text();
    paper.print(`    → ${response.status} ${text.replace(/"token":"[^"]*"/, '"token":"…"').slice(0, 84)}`);
    return text;
  };
  const logIn = (password: string) =>
    show('POST', '/api/login', {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'ada', password }),
    });

  await logIn('guess');
  const { token } = JSON.parse(await logIn(PASSWORD)) as { token: string };
  await show('GET', '/api/account', { headers: { 'x-api-key': 'sk_live_grace_51Hx9Qe7' } });
  await show('GET', '/api/admin/report', { headers: { authorization: `Bearer ${token}` } });
  paper.print();
}
