import { type Db, ObjectId } from 'mongodb';

import { getOrdersCollection, getUsersCollection } from '../database.ts';
import type { Review, Ticket, User } from '../documents.ts';
import { audit } from '../helpers/audit.ts';
import { HttpError, notFound } from '../helpers/http-error.ts';
import { hashPassword, hashToken, isPassword, newToken } from '../helpers/secrets.ts';
import type { SessionRepository } from '../repositories/session-repository.ts';
import type { UserRepository } from '../repositories/user-repository.ts';

const MOST_FAILED_LOGINS = 5;
const HOUR = 3_600_000;

export interface Registration {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly display_name?: string;
}

export class AccountService {
  private readonly db: Db;
  private readonly users: UserRepository;
  private readonly sessions: SessionRepository;

  constructor(db: Db, users: UserRepository, sessions: SessionRepository) {
    this.db = db;
    this.users = users;
    this.sessions = sessions;
  }

  async register({ username, email, password, display_name }: Registration) {
    if (!/^[a-z][a-z0-9_]{2,30}$/.test(username)) throw new HttpError(400, 'this is not a username');
    if (password.length < 12) throw new HttpError(400, 'a password has 12 characters or more');
    if (await this.users.isTaken(username, email)) throw new HttpError(409, 'the username or the address is taken');
    const now = new Date();
    const user: User = {
      _id: new ObjectId(),
      username,
      email: email.toLowerCase(),
      email_verified: false,
      display_name: display_name ?? username,
      password_hash: await hashPassword(password),
      role: 'customer',
      locale: 'en',
      newsletter: false,
      addresses: [],
      loyalty: { tier: 'none', points: 0 },
      risk_score: 0,
      internal_notes: '',
      failed_logins: 0,
      created_at: now,
      updated_at: now,
      deleted_at: null,
    };
    await this.users.insert(user);
    await audit(this.db, { actor: username, action: 'register', kind: 'user', id: username });
    return user;
  }

  async login(email: string, password: string, ip: string, agent: string) {
    const user = await this.users.findForLogin(email);
    if (user === null) throw new HttpError(401, 'wrong address or password');
    if (user.failed_logins >= MOST_FAILED_LOGINS) throw new HttpError(429, 'too many failed logins');
    if (!(await isPassword(password, user.password_hash))) {
      await this.users.noteFailedLogin(user._id);
      throw new HttpError(401, 'wrong address or password');
    }
    await this.users.noteLogin(user._id, ip);
    const token = await this.sessions.start(user._id, ip, agent);
    return { token, user };
  }

  async changePassword(id: ObjectId, current: string, next: string): Promise<void> {
    if (next.length < 12) throw new HttpError(400, 'a password has 12 characters or more');
    const user = await getUsersCollection(this.db).findOne({ _id: id }, { projection: { password_hash: 1, username: 1 } });
    if (user === null) throw notFound('user');
    if (!(await isPassword(current, user.password_hash))) throw new HttpError(401, 'wrong password');
    await this.users.setPassword(id, await hashPassword(next));
    await this.sessions.endAll(id);
    await audit(this.db, { actor: user.username, action: 'change-password', kind: 'user', id: user.username });
  }

  /** The token is for the mail. The response does not show whether the address is known. */
  async startReset(email: string): Promise<string> {
    const token = newToken('rt');
    await this.users.startReset(email, hashToken(token), new Date(Date.now() + HOUR));
    return token;
  }

  async finishReset(token: string, password: string): Promise<void> {
    const user = await this.users.findByResetToken(hashToken(token));
    if (user === null) throw new HttpError(400, 'the token is not valid');
    await this.users.setPassword(user._id, await hashPassword(password));
    await this.sessions.endAll(user._id);
  }

  async makeStaff(username: string, by: string): Promise<void> {
    const before = await getUsersCollection(this.db).findOneAndUpdate({ username, role: 'customer' }, { $set: { role: 'staff' } }, { projection: { role: 1 } });
    if (before === null) throw notFound('customer');
    await audit(this.db, { actor: by, action: 'make-staff', kind: 'user', id: username, details: { before: before.role } });
  }

  /** Everything that is stored about a person, for a legal request. */
  async exportData(id: ObjectId) {
    const user = await this.users.findById(id);
    if (user === null) throw notFound('user');
    const orders = await getOrdersCollection(this.db).find({ user_id: id }).sort({ placed_at: 1 }).toArray();
    const reviews = await this.db.collection<Review>('reviews').find({ user_id: id }).toArray();
    const tickets = await this.db.collection<Ticket>('tickets').find({ user_id: id }).toArray();
    return { user, orders, reviews, tickets };
  }

  async close(id: ObjectId): Promise<void> {
    const open = await getOrdersCollection(this.db).countDocuments({ user_id: id, status: { $in: ['pending', 'paid'] } });
    if (open > 0) throw new HttpError(409, 'there are open orders');
    await this.users.softDelete(id);
    await this.sessions.endAll(id);
    await this.db.collection<Review>('reviews').updateMany({ user_id: id }, { $set: { author: 'deleted' } });
  }
}
