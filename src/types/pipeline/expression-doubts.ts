import type { ScalarLike } from '../scalar.ts';
import type { ReferenceFault } from './check-expression.ts';
import type { BindingName } from './check-operator.ts';
import type { OperatorName } from './operator-types.ts';
import type { PipelineState } from './state.ts';

/**
 * What is not plainly right in an expression: `never` if all is. This quick look comes before the full check, which costs ten times as much
 * and is the only one with sentences. What it doubts may still be right; what it does not doubt is.
 */
export type ExpressionDoubts<S extends PipelineState, E> = E extends S['references']
  ? never
  : E extends string
    ? ReferenceFault<S['document'], E, S['variables']>
    : E extends Constant
      ? never
      : PartDoubts<S, E>;

type Constant = Exclude<ScalarLike, string | undefined>;

/** The operands of an operator, the elements of an array or the fields of a document, as one union. */
type PartDoubts<S extends PipelineState, E> = 0 extends 1 & E
  ? 'any'
  : keyof E extends PlainOperator
    ? [keyof E] extends [never]
      ? 'no key'
      : ExpressionDoubts<S, E[keyof E]>
    : E extends readonly unknown[]
      ? ExpressionDoubts<S, E[number]>
      : [keyof E & `$${string}`] extends [never]
        ? ExpressionDoubts<S, E[keyof E]>
        : 'an operator that binds';

/** The operators whose operands are only expressions. */
export type PlainOperator = Exclude<OperatorName, BindingName | '$literal'>;
