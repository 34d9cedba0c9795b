import { describeShop } from './describe-shop.ts';

describeShop('on the raw driver', () => import('../../../examples/migration/before/start.ts'));
