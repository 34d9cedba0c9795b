export { guardedEdge } from './edge/guarded-hono.ts';
export type { EdgeOptions } from './edge/edge-options.ts';
