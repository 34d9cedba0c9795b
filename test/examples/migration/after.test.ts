import { describeShop } from './describe-shop.ts';

describeShop('as migrate left it', () => import('../../../examples/migration/after/start.ts'));
