import { SafeCollectionError } from './safe-collection-error.ts';

/**
 * Thrown if a stored value is not of the kind that the view declares: a subdocument, a DBRef or a Code at a leaf, an array that
 * `arrays` does not list or not as deep, or a single value where `arrays` lists an array. `path` names the public path. The error does
 * not contain the value.
 */
export class SchemaDriftError extends SafeCollectionError {}

Object.defineProperty(SchemaDriftError.prototype, 'name', { value: 'SchemaDriftError' });
