export { guardedEdge } from './edge/guarded-fastify.ts';
export type { EdgeOptions } from './edge/edge-options.ts';
