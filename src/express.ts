export { guardedEdge } from './http/guarded-express.ts';
export type { EdgeOptions } from './http/edge-options.ts';
