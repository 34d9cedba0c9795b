import type { ErrorCode } from 'safe-collection';

import type { CallerKind } from './callers.ts';
import { KINDS } from './kinds.ts';
import { TABLE } from './table.ts';

/** What the declared rules say about a cell. */
export interface Expectation {
  readonly isAllowed: boolean;
  /** The code of a refusal, or the codes that it may have. */
  readonly codes: readonly ErrorCode[];
  /** Whether a typed program compiles. */
  readonly compiles: boolean;
  /** Whether trusted code names a private path, so that the result may depend on it. */
  readonly isDeclared?: boolean;
}

/** Short names of codes in the table. */
export const CODES: Readonly<Record<string, ErrorCode>> = {
  argument: 'argument_invalid',
  collision: 'projection_collision',
  empty: 'projection_empty',
  expression: 'pipeline_expression',
  filter: 'filter_path',
  input: 'input_invalid',
  join: 'join_invalid',
  operator: 'filter_operator',
  path: 'projection_path',
  pipe: 'pipeline_path',
  scope: 'scope_value',
  sort: 'sort_path',
  stage: 'pipeline_stage',
  untagged: 'filter_operator_untagged',
  value: 'filter_value',
  pipevalue: 'pipeline_value',
  projected: 'projection_value',
  logical: 'filter_logical',
  write: 'write_path',
  written: 'write_value',
  change: 'write_operator',
  conflict: 'write_conflict',
};

const ROWS = new Map<string, readonly string[]>();
for (const line of TABLE.split('\n').filter((each) => each.includes('|'))) {
  const [name = '', cells = ''] = line.split('|').map((each) => each.trim());
  const marks = cells.split(/\s+/);
  if (marks.length !== KINDS.length) throw new Error(`The row ${name} has ${marks.length} cells, not ${KINDS.length}.`);
  if (ROWS.has(name)) throw new Error(`The row ${name} comes twice.`);
  ROWS.set(name, marks);
}

/** The rows of the table that were asked for. */
const used = new Set<string>();

/** All rows, for the docs: each cell is `allowed`, the code of its refusal, or nothing. */
export function ruleRows(): readonly { readonly name: string; readonly cells: readonly (string | undefined)[] }[] {
  return [...ROWS].map(([name, marks]) => ({
    name,
    cells: marks.map((mark) => {
      const expectation = parse(mark, name);
      return expectation?.isAllowed === true ? 'allowed' : expectation?.codes.join(', ');
    }),
  }));
}

/** The rows of the table that no form uses. */
export function unusedRows(): readonly string[] {
  return [...ROWS.keys()].filter((name) => !used.has(name));
}

/** What the table says, or `undefined` if it says that there is no such cell. Throws for a cell that is not in the table. */
export function expectationOf(rule: string, caller: CallerKind, kind: string): Expectation | undefined {
  const name = ROWS.has(`${rule} @${caller}`) ? `${rule} @${caller}` : rule;
  const mark = ROWS.get(name)?.[KINDS.findIndex((each) => each.name === kind)];
  if (mark === undefined) throw new Error(`The table of rules has no row for ${rule} (${caller}, ${kind}).`);
  used.add(name);
  return parse(mark, name);
}

function parse(mark: string, row: string): Expectation | undefined {
  if (mark === '.') return undefined;
  if (mark === '+') return { isAllowed: true, codes: [], compiles: true };
  if (mark === '=') return { isAllowed: true, codes: [], compiles: true, isDeclared: true };
  if (mark === '=t') return { isAllowed: true, codes: [], compiles: false, isDeclared: true };
  if (mark === '+t') return { isAllowed: true, codes: [], compiles: false };
  const [, compiles, short = ''] = /^([-~])(\w+)$/.exec(mark) ?? [];
  const code = CODES[short];
  if (code === undefined) throw new Error(`The row ${row} has an unknown mark: ${mark}`);
  return { isAllowed: false, codes: [code], compiles: compiles === '~' };
}
