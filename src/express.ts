export { guardedEdge } from './edge/guarded-express.ts';
export type { EdgeOptions } from './edge/edge-options.ts';
