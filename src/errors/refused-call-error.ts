import { SafeCollectionError } from './safe-collection-error.ts';

/** Thrown if the guard refuses a call. No command was sent. `code` names the rule and `path` the place. */
export class RefusedCallError extends SafeCollectionError {}

Object.defineProperty(RefusedCallError.prototype, 'name', { value: 'RefusedCallError' });
