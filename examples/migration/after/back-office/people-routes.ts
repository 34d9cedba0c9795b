import type { FastifyInstance } from 'fastify';
import type { Filter } from 'mongodb';

import type { Ticket, User } from '../documents.ts';
import { createApiKey, listApiKeys, revokeApiKey } from '../helpers/api-key-check.ts';
import { lastActions } from '../helpers/audit.ts';
import { notFound } from '../helpers/http-error.ts';
import { escapeRegExp, readCount, readDate, readId, readText } from '../helpers/input.ts';
import type { Shop } from '../shop.ts';
import { holderOf } from './key-hook.ts';
import { safeDb, wholeUser } from '../collections.ts';
import { op, type SafeFilter } from 'safe-collection';
import type { userView } from '../views.ts';

interface UserQuery {
  readonly q?: string;
  readonly role?: User['role'];
  readonly page?: string;
}

export function peopleRoutes(app: FastifyInstance, { db, users, accounts, tickets, reviews, reviewing }: Shop): void {
  app.get<{ Querystring: UserQuery }>('/users', async (request) => {
    holderOf(request, 'people');
    const { q, role } = request.query;
    const filter: SafeFilter<typeof userView> = {
      deleted_at: null,
      ...(role === undefined ? {} : { role }),
      ...(q === undefined ? {} : { $or: [{ username: new RegExp(escapeRegExp(q), 'i') }, { email: new RegExp(escapeRegExp(q), 'i') }] }),
    };
    const skip = (readCount(request.query.page, 1, 1_000) - 1) * 20;
    return { total: await users.count(filter), users: await users.search(filter, 20, skip) };
  });

  app.get<{ Params: { username: string } }>('/users/:username', async (request) => {
    holderOf(request, 'people');
    // safe-collection: the whole document is passed on here, so all fields that userView makes public are projected: name what is needed
    const user = await safeDb(db).users.findOne({ username: request.params.username }, { projection: wholeUser });
    if (user === null) throw notFound('user');
    return { user, actions: await lastActions(db, user.username, new Date(0)) };
  });

  app.patch<{ Params: { username: string }; Body: Pick<User, 'risk_score' | 'internal_notes'> }>('/users/:username/risk', async (request) => {
    holderOf(request, 'people');
    const { risk_score, internal_notes } = request.body;
    const { matchedCount } = await safeDb(db).users.updateOne({ username: request.params.username }, { $set: { risk_score, internal_notes } });
    if (matchedCount === 0) throw notFound('user');
    return { ok: true };
  });

  app.post<{ Params: { username: string } }>('/users/:username/staff', async (request) => {
    await accounts.makeStaff(request.params.username, holderOf(request, 'people'));
    return { ok: true };
  });

  app.get('/users/at-risk', async (request) => {
    holderOf(request, 'people');
    return await safeDb(db).users.find({ risk_score: op({ $gt: 5 }) }, { projection: { username: 1, risk_score: 1, email: 1, _id: 1 } }).sort({ risk_score: -1 }).toArray();
  });

  app.get('/newsletter', async (request) => {
    holderOf(request, 'people');
    const list: { email: string; locale: string }[] = [];
    for await (const subscriber of users.subscribers()) list.push(subscriber);
    return { subscribers: list, locales: await users.locales() };
  });

  app.get<{ Querystring: { assignee?: string; status?: Ticket['status'] } }>('/tickets', async (request) => {
    holderOf(request, 'support');
    const filter: Filter<Ticket> = { ...request.query };
    return await tickets.inbox(filter);
  });

  app.post<{ Params: { number: string }; Body: { text: string; internal?: boolean } }>('/tickets/:number/replies', async (request) => {
    const author = holderOf(request, 'support');
    const { text, internal = false } = request.body;
    const ticket = await tickets.reply(request.params.number, { from: 'staff', author, text: readText(text, 'text'), at: new Date(), internal }, internal ? 'open' : 'waiting');
    if (ticket === null) throw notFound('open ticket');
    return ticket;
  });

  app.post<{ Params: { number: string }; Body: { assignee: string } }>('/tickets/:number/assign', async (request) => {
    holderOf(request, 'support');
    if (!(await tickets.assign(request.params.number, readText(request.body.assignee, 'assignee')))) throw notFound('ticket');
    return { ok: true };
  });

  app.post<{ Params: { number: string } }>('/tickets/:number/close', async (request) => {
    holderOf(request, 'support');
    return { closed: await tickets.close(request.params.number) };
  });

  app.post<{ Body: { before: string } }>('/tickets/close-abandoned', async (request) => {
    holderOf(request, 'support');
    return { closed: await tickets.closeAbandoned(readDate(request.body.before, new Date(0))) };
  });

  app.get('/reviews/pending', async (request) => {
    holderOf(request, 'support');
    return await reviews.pending();
  });

  app.get('/reviews/reported', async (request) => {
    holderOf(request, 'support');
    const found = await reviews.mostReported();
    return found.map(({ title, author, reports }) => ({ title, author, reports: reports.length }));
  });

  app.post<{ Params: { id: string }; Body: { status: 'published' | 'rejected'; reason: string } }>('/reviews/:id/moderate', async (request) => {
    const by = holderOf(request, 'support');
    const review = await reviewing.moderate(readId(request.params.id), request.body.status, by, request.body.reason);
    return { status: review.status, title: review.title };
  });

  app.get('/keys', async (request) => {
    holderOf(request, 'keys');
    return await listApiKeys(db);
  });

  app.post<{ Body: { name: string; scopes: string[]; owner: string } }>('/keys', async (request, reply) => {
    holderOf(request, 'keys');
    const { name, scopes, owner } = request.body;
    return await reply.code(201).send({ key: await createApiKey(db, name, scopes, owner) });
  });

  app.delete<{ Params: { name: string } }>('/keys/:name', async (request) => {
    holderOf(request, 'keys');
    return { revoked: await revokeApiKey(db, request.params.name) };
  });
}
