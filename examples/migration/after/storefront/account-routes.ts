import { Router } from 'express';

import type { Address } from '../documents.ts';
import { HttpError, notFound } from '../helpers/http-error.ts';
import { pickFields, readText } from '../helpers/input.ts';
import type { ProfilePatch } from '../repositories/user-repository.ts';
import type { Registration } from '../services/account-service.ts';
import type { Shop } from '../shop.ts';
import { authenticate, currentUser, tokenOf } from './authenticate.ts';

export function accountRoutes(shop: Shop): Router {
  const { accounts, users, sessions } = shop;
  const router = Router();
  const loggedIn = authenticate(shop);

  router.post('/register', async (request, response) => {
    const body = request.body as Registration;
    readText(body.email, 'email');
    readText(body.password, 'password');
    const user = await accounts.register(body);
    response.status(201).json(user);
  });

  router.post('/login', async (request, response) => {
    const { email, password } = request.body as { email: unknown; password: unknown };
    const { token, user } = await accounts.login(readText(email, 'email'), readText(password, 'password'), request.ip ?? '', request.get('user-agent') ?? '');
    response.json({ token, user });
  });

  router.post('/logout', loggedIn, async (request, response) => {
    response.json({ ended: await sessions.end(tokenOf(request)) });
  });

  router.post('/password/forgotten', async (request, response) => {
    await accounts.startReset(readText(request.body.email, 'email'));
    response.status(202).json({ ok: true });
  });

  router.post('/password/reset', async (request, response) => {
    await accounts.finishReset(readText(request.body.token, 'token'), readText(request.body.password, 'password'));
    response.json({ ok: true });
  });

  router.post('/password', loggedIn, async (request, response) => {
    const { current, next } = request.body as { current: unknown; next: unknown };
    await accounts.changePassword(currentUser(response)._id, readText(current, 'current'), readText(next, 'next'));
    response.json({ ok: true });
  });

  router.get('/me', loggedIn, (_, response) => {
    response.json(currentUser(response));
  });

  router.patch('/me', loggedIn, async (request, response) => {
    const patch = pickFields(request.body as ProfilePatch, ['display_name', 'locale', 'newsletter', 'profile']);
    if (Object.keys(patch).length === 0) throw new HttpError(400, 'nothing to change');
    response.json(await users.update(currentUser(response)._id, patch));
  });

  router.get('/me/sessions', loggedIn, async (_, response) => {
    response.json(await sessions.list(currentUser(response)._id));
  });

  router.get('/me/data', loggedIn, async (_, response) => {
    response.json(await accounts.exportData(currentUser(response)._id));
  });

  router.post('/me/addresses', loggedIn, async (request, response) => {
    const { label, street, city, zip, country } = request.body as Address;
    const address: Address = { label: readText(label, 'label'), street: readText(street, 'street'), city: readText(city, 'city'), zip: readText(zip, 'zip'), country: country ?? 'DE' };
    if (!(await users.addAddress(currentUser(response)._id, address))) throw new HttpError(409, 'there is an address of this label');
    response.status(201).json(address);
  });

  router.put('/me/addresses/:label', loggedIn, async (request, response) => {
    const { city, zip } = request.body as Address;
    const moved = await users.moveAddress(currentUser(response)._id, String(request.params['label']), readText(city, 'city'), readText(zip, 'zip'));
    if (!moved) throw notFound('address');
    response.json({ ok: true });
  });

  router.delete('/me/addresses/:label', loggedIn, async (request, response) => {
    if (!(await users.removeAddress(currentUser(response)._id, String(request.params['label'])))) throw notFound('address');
    response.json({ ok: true });
  });

  router.delete('/me', loggedIn, async (_, response) => {
    await accounts.close(currentUser(response)._id);
    response.json({ ok: true });
  });

  router.get('/users/:username', async (request, response) => {
    const user = await users.findByUsername(request.params.username);
    if (user === null) throw notFound('user');
    response.json(user);
  });

  router.get('/users/:username/card', async (request, response) => {
    const user = await users.publicProfile(request.params.username);
    if (user === null) throw notFound('user');
    response.json(user);
  });

  return router;
}
