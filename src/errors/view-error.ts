import { SafeCollectionError } from './safe-collection-error.ts';

/** Thrown while a view is defined or handed over: it is empty, malformed, contradictory or not a view at all. */
export class ViewError extends SafeCollectionError {}

Object.defineProperty(ViewError.prototype, 'name', { value: 'ViewError' });
