import type { CallContext } from '../../errors/call-context.ts';
import type { InputCopy } from '../../input/copy-input.ts';
import type { PipelineNotes } from './pipeline-notes.ts';
import type { Role, Shape } from './shape.ts';

/** What an expression can use: the document at that point and the bound variables. */
export interface Scope {
  readonly shape: Shape;
  readonly variables: ReadonlyMap<string, Shape>;
  readonly call: CallContext;
  readonly notes: PipelineNotes;
  /** The number of surrounding `$reduce`. */
  readonly reduces: number;
  /** What the expression does with the values that it reads, if a view can exclude paths from that. */
  readonly role?: Role | undefined;
  /** Whether the value of the expression becomes a field as it is, so that it may be an opaque id. */
  readonly moves?: boolean;
}

/** An emitted expression and the shape of its value. */
export interface Expression {
  readonly emitted: unknown;
  readonly shape: Shape;
}

/** Parses an expression inside an operator. */
export type ParseExpression = (value: InputCopy, scope: Scope) => Expression;

export const NO_VARIABLES: ReadonlyMap<string, Shape> = new Map();

/** The scope of a stage: the document and no variables. */
export function scopeOf({ shape, call, notes }: Pick<Scope, 'shape' | 'call' | 'notes'>): Scope {
  return { shape, variables: NO_VARIABLES, call, notes, reduces: 0 };
}

/** The scope of an expression whose value becomes a field as it is. */
export function movingScopeOf(around: Pick<Scope, 'shape' | 'call' | 'notes'>): Scope {
  return { ...scopeOf(around), moves: true };
}

/** The scope inside an operator, which computes with values. */
export function computing(scope: Scope): Scope {
  return scope.moves === true ? { ...scope, moves: false } : scope;
}

/** The scope with variables bound. */
export function bind(scope: Scope, variables: Iterable<readonly [string, Shape]>): Scope {
  return { ...scope, variables: new Map([...scope.variables, ...variables]) };
}
