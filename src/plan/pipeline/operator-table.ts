import * as grammar from '../../grammar/expression-operators.ts';
import * as variables from '../../grammar/variables.ts';
import type { Names } from './named-operands.ts';

/** Look-ups of the expression operators, by the form of their operands. */
export const POSITIONAL: ReadonlySet<string> = new Set(Object.keys(grammar.POSITIONAL));
export const MERGING: ReadonlySet<string> = new Set(Object.keys(grammar.MERGING));
export const FIRST_OPERAND: ReadonlySet<string> = new Set(Object.keys(grammar.FIRST_OPERAND));
export const NAMED: ReadonlyMap<string, Names> = new Map(Object.entries(grammar.NAMED));
export const COUNTING: ReadonlySet<string> = new Set(grammar.COUNTING);

/** The minimum and maximum number of an operator's operands. */
export const ARITY: ReadonlyMap<string, readonly [fewest: number, most: number]> = new Map(
  Object.entries({ ...grammar.POSITIONAL, ...grammar.MERGING, ...grammar.FIRST_OPERAND }),
);

export const DOCUMENT_VARIABLES: ReadonlySet<string> = new Set(variables.DOCUMENT_VARIABLES);
export const VALUE_VARIABLES: ReadonlySet<string> = new Set(variables.VALUE_VARIABLES);
