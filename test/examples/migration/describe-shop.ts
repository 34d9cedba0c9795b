import { describe } from 'vitest';

import { testAccounts } from './accounts.ts';
import { testBackOffice } from './back-office.ts';
import { testCatalogue } from './catalogue.ts';
import { testOrders } from './orders.ts';
import { testReports } from './reports.ts';
import type { ShopModule } from './running-shop.ts';
import { testSupport } from './support.ts';

/** The behaviour of the shop with any collections. No test here expects a private field in a response. */
export function describeShop(form: string, load: () => Promise<ShopModule>): void {
  describe(`the sample shop, ${form}`, () => {
    testAccounts(load);
    testCatalogue(load);
    testOrders(load);
    testSupport(load);
    testBackOffice(load);
    testReports(load);
  });
}
