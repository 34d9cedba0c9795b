/*
 * Filters as what they mean, not yet as the objects that are passed: so that an oracle can say what is allowed, and a raw
 * filter be written out, without a line of the library.
 */

export interface FilterNode {
  readonly entries: readonly EntryNode[];
}

export type EntryNode =
  | { readonly kind: 'path'; readonly path: string; readonly value: ValueNode }
  | {
      readonly kind: 'logic';
      readonly name: '$and' | '$or' | '$nor';
      readonly branches: readonly FilterNode[];
      readonly form: 'array' | 'array-like' | 'object';
    }
  /** `$where`, `$expr` and others, with a value that the server would take. */
  | { readonly kind: 'top'; readonly name: string; readonly value: unknown };

export type ValueNode =
  | { readonly kind: 'scalar'; readonly value: unknown }
  | { readonly kind: 'pattern'; readonly value: RegExp }
  | { readonly kind: 'operators'; readonly tagged: boolean; readonly operators: readonly OperatorNode[] }
  /** An array, a subdocument, a function, a look-alike of an `op()` value: none of these is allowed. */
  | { readonly kind: 'other'; readonly what: string; readonly make: () => unknown };

export interface OperatorNode {
  readonly name: string;
  readonly operand: OperandNode;
}

export type OperandNode =
  | ValueNode
  | { readonly kind: 'list'; readonly elements: readonly ValueNode[] }
  | { readonly kind: 'filter'; readonly filter: FilterNode };
