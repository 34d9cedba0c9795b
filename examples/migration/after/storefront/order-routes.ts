import { Router } from 'express';
import { ObjectId } from 'mongodb';

import type { OrderStatus } from '../documents.ts';
import { HttpError, notFound } from '../helpers/http-error.ts';
import { readText } from '../helpers/input.ts';
import type { Cart } from '../services/checkout-service.ts';
import type { Shop } from '../shop.ts';
import { authenticate, currentUser } from './authenticate.ts';

export function orderRoutes(shop: Shop): Router {
  const { checkout, orders, tickets } = shop;
  const router = Router();
  const loggedIn = authenticate(shop);

  router.post('/orders', loggedIn, async (request, response) => {
    const order = await checkout.place(currentUser(response), request.body as Cart);
    response.status(201).json(order);
  });

  router.get('/orders', loggedIn, async (request, response) => {
    const status = request.query['status'] as OrderStatus | undefined;
    response.json(await orders.listOwn(currentUser(response)._id, status));
  });

  router.get('/orders/:number', loggedIn, async (request, response) => {
    const order = await orders.findOwn(String(request.params['number']), currentUser(response)._id);
    if (order === null) throw notFound('order');
    response.json(order);
  });

  router.post('/orders/:number/pay', loggedIn, async (request, response) => {
    const number = String(request.params['number']);
    if ((await orders.findOwn(number, currentUser(response)._id)) === null) throw notFound('order');
    const { intent, fingerprint } = request.body as { intent: unknown; fingerprint: unknown };
    response.json(await checkout.pay(number, readText(intent, 'intent'), readText(fingerprint, 'fingerprint')));
  });

  router.post('/orders/:number/cancel', loggedIn, async (request, response) => {
    const user = currentUser(response);
    const number = String(request.params['number']);
    if ((await orders.findOwn(number, user._id)) === null) throw notFound('order');
    response.json(await checkout.cancel(number, user.username));
  });

  router.post('/tickets', loggedIn, async (request, response) => {
    const user = currentUser(response);
    if ((await tickets.openCount(user._id)) >= 3) throw new HttpError(429, 'there are three open tickets');
    const id = new ObjectId();
    const number = `T-${id.toHexString().slice(-8)}`;
    const now = new Date();
    await tickets.insert({
      _id: id,
      number,
      user_id: user._id,
      subject: readText(request.body.subject, 'subject'),
      status: 'open',
      priority: user.loyalty.tier === 'gold' ? 3 : 1,
      assignee: null,
      messages: [{ from: 'customer', author: user.username, text: readText(request.body.text, 'text'), at: now, internal: false }],
      internal_tags: [],
      opened_at: now,
      closed_at: null,
    });
    response.status(201).json({ number });
  });

  router.get('/tickets', loggedIn, async (_, response) => {
    response.json(await tickets.listOwn(currentUser(response)._id));
  });

  router.get('/tickets/:number', loggedIn, async (request, response) => {
    const ticket = await tickets.findOwn(String(request.params['number']), currentUser(response)._id);
    if (ticket === null) throw notFound('ticket');
    response.json({ ...ticket, messages: ticket.messages.filter(({ internal }) => !internal) });
  });

  return router;
}
