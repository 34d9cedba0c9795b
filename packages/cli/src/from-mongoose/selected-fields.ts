import { followResult } from '../project/index.ts';
import type { NameIndex } from '../project/index.ts';
import { keyOf } from '../init/write-interface.ts';
import { objectOf } from '../sources/write-object.ts';
import type { QueryParts } from './read-query.ts';
import { allPaths } from './schema-facts.ts';
import type { SchemaPath } from './schema-facts.ts';
import type { MongooseCall } from './translate-call.ts';

/**
 * The projection of a query. `select('+token')` adds a hidden field to the visible ones: if the code shows which fields it reads, they
 * decide, and otherwise all of them are named.
 */
export function projectionOf(
  { projection, added }: QueryParts,
  { chain, method, model: { schema } }: MongooseCall,
  index: NameIndex,
): string | undefined {
  if (added.length === 0) return projection;
  const { exits } = followResult({ node: chain.end, method }, index);
  if (exits.every(({ path }) => path !== '')) return undefined;
  const dates = [schema.created, schema.updated].filter((name) => name !== undefined);
  const named = new Set([...schema.paths.flatMap((path) => visible(path)), ...dates, ...added]);
  return objectOf([...named].map((name) => `${keyOf(name)}: 1`));
}

/** The visible paths of a schema: a whole one, or those below it if some are hidden. */
function visible(path: SchemaPath): readonly string[] {
  if (path.isHidden) return [];
  if (allPaths([path]).every(({ isHidden }) => !isHidden)) return [path.name];
  return (path.children ?? []).flatMap((child) => visible({ ...child, name: `${path.name}.${child.name}` }));
}
