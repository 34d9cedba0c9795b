/**
 * The keys under which any envelope may hold a number or a boolean: counts and flags. Text, dates and ids are allowed only
 * under keys that the program declares, because documents consist of them.
 */
export const COUNTS_AND_FLAGS: ReadonlySet<string> = new Set([
  'ok',
  'success',
  'found',
  'total',
  'count',
  'page',
  'pages',
  'pageSize',
  'limit',
  'skip',
  'offset',
  'hasMore',
  'hasNext',
  'hasPrevious',
]);
