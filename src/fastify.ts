export { guardFastify as guardResponses } from './http/guard-fastify.ts';
export type { ResponseGuardOptions } from './http/response-guard-options.ts';
