import { found } from '../http/found.ts';
import { readId, readText } from '../http/read-query.ts';
import type { Routes } from '../http/serve.ts';
import type { Users } from './open-users.ts';
import { userSummary, userView } from './user-view.ts';
import { userWriteRoutes } from './write-routes.ts';

interface ById {
  readonly Params: { readonly id: string };
}
interface ByUsername {
  readonly Params: { readonly username: string };
}
interface Search {
  readonly Querystring: { readonly username: string; readonly fields?: unknown };
}

export function userRoutes(users: Users): Routes {
  return (app) => {
    app.get<ById>('/api/user/:id', async ({ params }) =>
      found(await users.findOne({ _id: readId(params.id) }, { projection: userView })),
    );

    app.get<ByUsername>('/api/user/public/:username', async ({ params: { username } }) =>
      found(await users.findOne({ username }, { projection: { username: 1, profile: 1, 'addresses.city': 1 } })),
    );

    app.get<ById>('/api/user/summary/:id', async ({ params }) =>
      found(await users.findOne({ _id: readId(params.id) }, { projection: userSummary })),
    );

    // `/api/user?username=ada&fields=username,email`. If the client sends ?username[$ne]=, the type of `username` is wrong.
    // The compiler can't see that, but the guard checks the value.
    app.get<Search>('/api/user', ({ query: { username, fields } }) => {
      const projection = userView.selectFields(readText(fields, 'username,joined_at').split(','));
      return users.find({ username }, { projection, limit: 20 }).toArray();
    });

    userWriteRoutes(app, users);
  };
}
