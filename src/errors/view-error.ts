import { SafeCollectionError } from './safe-collection-error.ts';

/** Thrown if a view is empty, malformed or contradictory when it is defined, or if an argument is not a view. */
export class ViewError extends SafeCollectionError {}

Object.defineProperty(ViewError.prototype, 'name', { value: 'ViewError' });
