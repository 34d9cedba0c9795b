import type { NextFunction, Request, Response } from 'express';

import type { User } from '../documents.ts';
import { HttpError } from '../helpers/http-error.ts';
import type { Shop } from '../shop.ts';

/** Allows only logged-in users. */
export function authenticate({ sessions, users }: Shop) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const user_id = await sessions.userOf(tokenOf(request));
    const user = user_id === undefined ? null : await users.findById(user_id);
    if (user === null) throw new HttpError(401, 'please log in');
    response.locals['user'] = user;
    next();
  };
}

export function currentUser(response: Response): User {
  return response.locals['user'] as User;
}

export function tokenOf(request: Request): string {
  return request.headers.authorization?.replace(/^Bearer /, '') ?? '';
}
