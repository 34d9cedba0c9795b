import { append } from '../../inert/append.ts';
import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { isInertObject, type Inert } from '../../inert/snapshot.ts';
import { emptyDocument, type Emitted } from '../emit.ts';
import { UPDATE_OPERATORS } from './update-operators.ts';
import { parseUpdatePath, type UpdatePath } from './update-path.ts';
import type { UpdateRules } from './update-rules.ts';

/** An update, parsed: what to send, and the paths that it writes. */
export interface ParsedUpdate {
  readonly operators: Emitted;
  readonly paths: readonly UpdatePath[];
}

/**
 * Parses an update document. Refuses a replacement document (it wipes private fields), a pipeline (it copies them), and
 * each operator and path that the rules do not name.
 */
export function parseUpdate(update: Inert, rules: UpdateRules, site: Site): ParsedUpdate {
  if (!isInertObject(update)) return site.refuse('write_operator', 'An update is an object of operators such as $set; pipelines are refused.');
  const operators = emptyDocument();
  const paths: UpdatePath[] = [];
  for (const name of Object.keys(update)) {
    const fields = update[name];
    const operator = UPDATE_OPERATORS.get(name);
    if (operator === undefined) return refuseOperator(name, site);
    if (!isInertObject(fields)) return site.refuse('write_operator', `${name} takes an object of paths.`, name);
    const emitted = emptyDocument();
    for (const written of Object.keys(fields)) {
      const path = parseUpdatePath(written, site);
      rules.checkWritable(path, operator, site);
      emitted[written] = operator.operand(fields[written], { operator: name, path, rules, site });
      append(paths, path);
    }
    operators[name] = emitted;
  }
  return { operators, paths };
}

function refuseOperator(name: string, site: Site): never {
  const what = name.startsWith('$')
    ? `${quote(name)} is not an update operator that is allowed; those are ${[...UPDATE_OPERATORS.keys()].join(', ')}.`
    : `${quote(name)} stands where an operator belongs: a replacement document would wipe the fields it does not name. Write { $set: { … } }.`;
  return site.refuse('write_operator', what, name);
}
