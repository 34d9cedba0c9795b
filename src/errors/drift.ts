import { quote } from './quote.ts';
import { SchemaDriftError } from './schema-drift-error.ts';

/** The error for a stored value of another kind than the view declares at a path. */
export function driftError(operation: string, view: string | undefined, path: string): SchemaDriftError {
  return new SchemaDriftError(
    'schema_drift',
    `The value stored at ${quote(path)} does not match the view, so nothing was returned. Migrate the document, or change the view; \`arrays\` in the view lists the arrays and how deep they are nested.`,
    { operation, path, view },
  );
}

/** Returns a function that throws this error for a path. */
export function driftAt(operation: string, view: string | undefined): (path: string) => never {
  return (path) => {
    throw driftError(operation, view, path);
  };
}
