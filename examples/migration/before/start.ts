import type { AddressInfo } from 'node:net';

import { backOfficeApp } from './back-office/back-office-app.ts';
import { createApiKey } from './helpers/api-key-check.ts';
import { openShop, type Shop } from './shop.ts';
import { storefrontApp } from './storefront/storefront-app.ts';

export interface RunningShop {
  readonly shop: Shop;
  readonly storefront: string;
  readonly backOffice: string;
  /** The first key of the back office, used to create more. */
  readonly rootKey: string;
  readonly stop: () => Promise<void>;
}

/** Serves the shop on free ports of this machine. */
export async function startShop(uri: string, name: string): Promise<RunningShop> {
  const shop = await openShop(uri, name);
  const rootKey = await createApiKey(shop.db, 'root', ['orders', 'products', 'people', 'support', 'reports', 'keys'], 'root@shop.example');
  const server = storefrontApp(shop).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const backOffice = backOfficeApp(shop);
  return {
    shop,
    rootKey,
    storefront: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    backOffice: await backOffice.listen({ port: 0, host: '127.0.0.1' }),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await backOffice.close();
      await shop.client.close();
    },
  };
}
