import { SafeCollectionError } from './safe-collection-error.ts';

/**
 * Thrown when a stored value is not of the kind that the view declares: a subdocument, a DBRef or a Code where a leaf
 * is declared, an array where `arrays` has none or none as deep, a single value where it has one. `path` names the public path; the value is nowhere in the error.
 */
export class SchemaDriftError extends SafeCollectionError {}

Object.defineProperty(SchemaDriftError.prototype, 'name', { value: 'SchemaDriftError' });
