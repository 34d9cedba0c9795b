import { isInertObject, type Inert } from '../../inert/snapshot.ts';
import { DOCUMENT_VARIABLES } from './operator-table.ts';
import type { Usage } from './usage.ts';

/** Operators that take numbers, or count elements, and are blind to everything else that is stored. */
const BLIND: ReadonlySet<string> = new Set(['$sum', '$avg', '$stdDevPop', '$stdDevSamp', '$size', '$isArray']);

/** Notes the fields that an expression reads. One that `BLIND` operators alone look at is needed, and not read. */
export function noteReads(value: Inert, usage: Usage): void {
  if (typeof value === 'string') return noteText(value, usage);
  if (Array.isArray(value)) return value.forEach((each: Inert) => noteReads(each, usage));
  if (!isInertObject(value)) return;
  for (const [key, operand] of Object.entries(value)) {
    if (key === '$literal') continue;
    if (key === '$getField' && typeof operand === 'string') usage.read.add(operand);
    else if (BLIND.has(key) && isFieldPath(operand)) usage.kept.add(operand.slice(1));
    else if (key === 'sortBy') noteKeys(operand, usage);
    else noteReads(operand, usage);
  }
}

/** Notes the paths of a sort. */
export function noteKeys(sort: Inert, usage: Usage): void {
  if (Array.isArray(sort)) sort.forEach((pair: Inert) => Array.isArray(pair) && typeof pair[0] === 'string' && usage.read.add(pair[0]));
  else if (isInertObject(sort)) Object.keys(sort).forEach((path) => usage.read.add(path));
}

function isFieldPath(operand: Inert): operand is string {
  return typeof operand === 'string' && operand.startsWith('$') && !operand.startsWith('$$');
}

/** A variable that an operator bound was made by an expression that is looked at where it stands. */
function noteText(text: string, { read }: Usage): void {
  if (!text.startsWith('$')) return;
  if (!text.startsWith('$$')) return read.add(text.slice(1));
  const [variable, ...path] = text.slice(2).split('.') as [string, ...string[]];
  if (!DOCUMENT_VARIABLES.has(variable)) return;
  if (path.length === 0) read.addAll();
  else read.add(path.join('.'));
}
