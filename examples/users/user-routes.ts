import { readId, readText } from '../http/read-query.ts';
import type { Request, Route } from '../http/route.ts';
import type { Users } from './open-users.ts';
import { userSummary, userView } from './user-view.ts';
import { userWriteRoutes } from './write-routes.ts';

export function userRoutes(users: Users): Route[] {
  return [
    {
      path: '/api/user/:id',
      handle: ({ params }) => users.findOne({ _id: readId(params['id']) }, { projection: userView }),
    },
    {
      path: '/api/user/public/:username',
      handle: ({ params }) =>
        users.findOne({ username: params['username'] ?? '' }, { projection: { username: 1, profile: 1, 'addresses.city': 1 } }),
    },
    {
      path: '/api/user/summary/:id',
      handle: ({ params }) => users.findOne({ _id: readId(params['id']) }, { projection: userSummary }),
    },
    { path: '/api/user', handle: (request) => searchUsers(users, request) },
    ...userWriteRoutes(users),
  ];
}

/** `/api/user?username=ada&fields=username,email` */
function searchUsers(users: Users, { query }: Request) {
  // This cast lies when the client sends ?username[$ne]=. The compiler believes it; the guard does not.
  const username = query['username'] as string;
  const fields = readText(query['fields'], 'username,joined_at').split(',');
  return users.find({ username }, { projection: userView.selectFields(fields), limit: 20 }).toArray();
}
