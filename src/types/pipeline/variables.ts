import type { DocumentVariable, SystemVariable } from '../../grammar/variables.ts';
import type { ExpressionType } from './expression-type.ts';
import type { Elements, FieldType, HasField, NullFrom, Present } from './field-type.ts';

/** Variables with additional ones bound. */
export type With<V, More> = Omit<V, keyof More> & More;

/** The name of the variable that `$map` and `$filter` bind. */
export type VariableName<A> = A extends { readonly as: infer Name extends string } ? Name : 'this';

/** The variables inside a `$map` or a `$filter`. */
export type WithElement<T, A, V> = A extends { readonly input: infer Input }
  ? With<V, { [K in VariableName<A>]: Elements<ExpressionType<T, Input, V>> }>
  : V;

/** The type of `$map`. */
export type MapType<T, A, V> = A extends { readonly input: infer Input; readonly in: infer In }
  ? Present<ExpressionType<T, In, WithElement<T, A, V>>>[] | NullFrom<ExpressionType<T, Input, V>>
  : never;

/** The type of a variable, optionally with a path. */
export type VariableType<T, Text extends string, V> = Text extends DocumentVariable
  ? T
  : Text extends 'NOW'
    ? Date
    : Text extends 'REMOVE'
      ? undefined
      : Text extends `${DocumentVariable}.${infer Path}`
        ? FieldType<T, Path>
        : FieldType<V, Text>;

/** Whether a variable is bound and has the path. */
export type HasVariable<T, Text extends string, V> = Text extends SystemVariable
  ? true
  : Text extends `${DocumentVariable}.${infer Path}`
    ? HasField<T, Path>
    : HasField<V, Text>;
