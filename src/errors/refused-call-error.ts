import { SafeCollectionError } from './safe-collection-error.ts';

/** Thrown when the guard refuses a call. No command was sent; `code` and `path` say which rule and where. */
export class RefusedCallError extends SafeCollectionError {}

Object.defineProperty(RefusedCallError.prototype, 'name', { value: 'RefusedCallError' });
