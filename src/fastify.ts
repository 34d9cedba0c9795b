export { guardedEdge } from './http/guarded-fastify.ts';
export type { EdgeOptions } from './http/edge-options.ts';
