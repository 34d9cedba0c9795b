export { guardHono as guardResponses } from './http/guard-hono.ts';
export type { ResponseGuardOptions } from './http/response-guard-options.ts';
