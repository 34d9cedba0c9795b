import type { Db } from 'mongodb';

import { serve } from '../http/serve.ts';
import { openShop } from '../reports/open-shop.ts';
import { rawReportCalls } from '../reports/raw-calls.ts';
import { reportRoutes } from '../reports/report-routes.ts';
import type { Comparison } from './compare.ts';
import type { Paper } from './paper.ts';
import { showAnswer } from './show.ts';

/** Requests each report and prints it next to the result of the raw pipeline. */
export async function showReports(db: Db, paper: Paper): Promise<readonly Comparison[]> {
  await using service = await serve(reportRoutes(openShop(db)));
  const raw = rawReportCalls(db);
  const steps = [
    {
      path: '/api/user/orders/ada',
      code: 'users.aggregate([$match, $lookup, $addFields])',
      call: () => raw.userOrders('ada'),
    },
    { path: '/api/report/sales', code: 'orders.aggregate([$group, $sort, $addFields])', call: () => raw.sales() },
    {
      path: '/api/order/buyers/lamp',
      code: 'orders.aggregate([$match, $sort, $lookup, $unwind])',
      call: () => raw.buyers('lamp'),
    },
  ];
  const comparisons: Comparison[] = [];
  for (const { path, code, call } of steps) {
    comparisons.push(await showAnswer({ url: service.url + path, raw: { code, result: await call() } }, paper));
  }
  return comparisons;
}
