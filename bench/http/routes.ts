/** The routes of each server, by the names of the tables. */
export const ROUTES: ReadonlyMap<string, string> = new Map([
  ['1 user, 3 paths', '/one'],
  ['50 users, 8 paths', '/list/50'],
  ['1,000 users, 8 paths', '/list/1000'],
]);
