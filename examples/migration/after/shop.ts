import { createIndexes, type Database, openDatabase } from './database.ts';
import { OrderRepository } from './repositories/order-repository.ts';
import { ProductRepository } from './repositories/product-repository.ts';
import { ReviewRepository } from './repositories/review-repository.ts';
import { SessionRepository } from './repositories/session-repository.ts';
import { TicketRepository } from './repositories/ticket-repository.ts';
import { UserRepository } from './repositories/user-repository.ts';
import { AccountService } from './services/account-service.ts';
import { CheckoutService } from './services/checkout-service.ts';
import { MaintenanceService } from './services/maintenance-service.ts';
import { ReportService } from './services/report-service.ts';
import { ReviewService } from './services/review-service.ts';

/** All parts of the shop on one database. */
export interface Shop extends Database {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly products: ProductRepository;
  readonly orders: OrderRepository;
  readonly reviews: ReviewRepository;
  readonly tickets: TicketRepository;
  readonly accounts: AccountService;
  readonly checkout: CheckoutService;
  readonly reviewing: ReviewService;
  readonly reports: ReportService;
  readonly maintenance: MaintenanceService;
}

export async function openShop(uri: string, name: string): Promise<Shop> {
  const { client, db } = await openDatabase(uri, name);
  await createIndexes(db);
  const users = new UserRepository(db);
  const sessions = new SessionRepository(db);
  const products = new ProductRepository(db);
  const orders = new OrderRepository(db);
  const reviews = new ReviewRepository(db);
  return {
    client,
    db,
    users,
    sessions,
    products,
    orders,
    reviews,
    tickets: new TicketRepository(db),
    accounts: new AccountService(db, users, sessions),
    checkout: new CheckoutService({ client, db }, products, orders, users),
    reviewing: new ReviewService(reviews, products, orders),
    reports: new ReportService(db),
    maintenance: new MaintenanceService(db, sessions, orders),
  };
}
