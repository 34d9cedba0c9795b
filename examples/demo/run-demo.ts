import type { Db } from 'mongodb';

import { serve } from '../http/serve.ts';
import { openOrders } from '../orders/open-orders.ts';
import { orderRoutes } from '../orders/order-routes.ts';
import { rawOrderCalls } from '../orders/raw-calls.ts';
import { seedOrders } from '../orders/seed-orders.ts';
import { openUsers } from '../users/open-users.ts';
import { rawUserCalls } from '../users/raw-calls.ts';
import { seedUsers } from '../users/seed-users.ts';
import { userRoutes } from '../users/user-routes.ts';
import type { Comparison } from './compare.ts';
import type { Paper } from './paper.ts';
import { showAccounts } from './show-accounts.ts';
import { showReports } from './show-reports.ts';
import { showTenants } from './show-tenants.ts';
import { showAnswer, showError } from './show.ts';
import { showWrites } from './show-writes.ts';

/** Seeds a database, starts both services on it, requests each route and prints the responses. */
export async function runDemo(db: Db, paper: Paper): Promise<void> {
  const [ada] = await seedUsers(db);
  if (ada === undefined) throw new Error('There is no user to show.');
  const [order] = await seedOrders(db, ada._id);
  if (order === undefined) throw new Error('There is no order to show.');
  const [adaId, orderId] = [ada._id.toHexString(), order._id.toHexString()];
  await using users = await serve(userRoutes(openUsers(db)));
  await using orders = await serve(orderRoutes(openOrders(db)));
  const raw = { users: rawUserCalls(db), orders: rawOrderCalls(db) };

  paper.print(`\nusers on ${users.url}, orders on ${orders.url}`);
  paper.print('Left: what the raw driver call returns. Right: what the route sends. A line marked "-" is not sent.\n');
  const byUsername = {
    url: `${users.url}/api/user/public/ada`,
    code: 'users.findOne({ username })',
    call: () => raw.users.byUsername('ada'),
  };
  const steps = [
    { url: `${users.url}/api/user/${adaId}`, code: 'users.findOne({ _id })', call: () => raw.users.byId(ada._id) },
    byUsername,
    {
      url: `${users.url}/api/user/summary/${adaId}`,
      code: 'users.findOne({ _id }, { projection: { password_hash: 0, api_key: 0 } })',
      call: () => raw.users.summary(ada._id),
    },
    {
      url: `${users.url}/api/user?username=grace&fields=username,email`,
      code: 'users.find({ username }).limit(20).toArray()',
      call: () => raw.users.search('grace'),
    },
    {
      url: `${orders.url}/api/order/${orderId}`,
      code: 'orders.findOne({ _id })',
      call: () => raw.orders.byId(order._id),
    },
    {
      url: `${orders.url}/api/order?product=lamp&sort=-order_date`,
      code: 'orders.find({ product }).sort({ order_date: -1 }).limit(20).toArray()',
      call: () => raw.orders.list('lamp'),
    },
  ];
  const comparisons: Comparison[] = [];
  const show = async ({ url, code, call }: (typeof steps)[number], only?: string) => {
    comparisons.push(await showAnswer({ url, raw: { code, result: await call() }, ...(only ? { only } : {}) }, paper));
  };
  for (const step of steps) await show(step);
  comparisons.push(...(await showReports(db, paper)));

  paper.print(paper.bold("A field that is added to the database afterwards: $set: { two_factor_secret: 'JBSWY3DP' }"));
  await db.collection('users').updateMany({}, { $set: { two_factor_secret: 'JBSWY3DP' } });
  await show(byUsername, 'two_factor_secret');

  await showWrites({ db, usersUrl: users.url, ordersUrl: orders.url, ada: ada._id }, paper);
  paper.print(
    paper.bold('Trusted code: a login, a key and a report. Each read is logged first, and its values stay sealed\n'),
  );
  await showAccounts(db, paper);

  paper.print(paper.bold('Two tenants: pages, sealed ids and a live page. Each sees only its own rows\n'));
  await showTenants(db, paper);

  paper.print(paper.bold('Refused requests and missing documents\n'));
  await showError(`${users.url}/api/user/${orderId}`, 404, paper);
  await showError(`${users.url}/api/user/1`, 400, paper);
  await showError(`${users.url}/api/user?username[$ne]=`, 400, paper);
  await showError(`${users.url}/api/user?username=ada&fields=username,password_hash`, 400, paper);
  await showError(`${orders.url}/api/order?sort=cost_center`, 400, paper);
  await showError(`${orders.url}/api/order?limit=0`, 400, paper);
  printTotal(comparisons, paper);
}

function printTotal(comparisons: readonly Comparison[], paper: Paper): void {
  const sum = (size: (comparison: Comparison) => number) => comparisons.reduce((total, each) => total + size(each), 0);
  const invented = comparisons.flatMap((comparison) => comparison.invented);
  if (invented.length > 0) throw new Error(`The answers hold what the documents do not: ${invented.join(', ')}.`);
  const [raw, safe] = [sum(({ rawBytes }) => rawBytes), sum(({ safeBytes }) => safeBytes)];
  const withheld = sum((comparison) => comparison.withheld);
  paper.print();
  paper.print(
    paper.bold(
      `${comparisons.length} answers: ${raw} bytes raw, ${safe} bytes safe; ${withheld} values stayed in the database.`,
    ),
  );
}
