export { guardedEdge } from './http/guarded-hono.ts';
export type { EdgeOptions } from './http/edge-options.ts';
