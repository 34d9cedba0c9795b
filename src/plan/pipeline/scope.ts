import type { Site } from '../../errors/site.ts';
import type { InputCopy } from '../../input/copy-input.ts';
import type { PipelineNotes } from './pipeline-notes.ts';
import type { Shape } from './shape.ts';

/** What an expression can see: the document at that point, and the variables that are bound around it. */
export interface Scope {
  readonly shape: Shape;
  readonly variables: ReadonlyMap<string, Shape>;
  readonly site: Site;
  readonly notes: PipelineNotes;
  /** How many `$reduce` are around the expression. */
  readonly reduces: number;
}

/** An expression as it is sent, and what its value looks like. */
export interface Expression {
  readonly emitted: unknown;
  readonly shape: Shape;
}

/** How an operator goes back into the expressions that it holds. */
export type ParseExpression = (value: InputCopy, scope: Scope) => Expression;

const NO_VARIABLES: ReadonlyMap<string, Shape> = new Map();

/** The scope of a stage: the document and no variables. */
export function scopeOf({ shape, site, notes }: Pick<Scope, 'shape' | 'site' | 'notes'>): Scope {
  return { shape, variables: NO_VARIABLES, site, notes, reduces: 0 };
}

/** The scope with variables bound. */
export function bind(scope: Scope, variables: Iterable<readonly [string, Shape]>): Scope {
  return { ...scope, variables: new Map([...scope.variables, ...variables]) };
}
