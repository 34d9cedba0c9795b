export { guardExpress as guardResponses } from './http/guard-express.ts';
export type { ResponseGuardOptions } from './http/response-guard-options.ts';
