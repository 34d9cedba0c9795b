import type { DriverMethod } from './driver-methods.ts';
import type { CollectionSource } from './collection-names.ts';
import type { CallExpression, Node, Type } from './syntax.ts';

/** A call of a method of the driver's collection. */
export interface DriverCall {
  /** The collection's names: several for a function that is used for several collections, none if they are not known. */
  readonly collections: readonly string[];
  readonly method: DriverMethod;
  readonly arguments: readonly Node[];
  readonly node: CallExpression;
  /** The expression that the method is called on. */
  readonly receiver: Node;
  /** How the receiver was recognised as a collection. */
  readonly foundBy: 'type' | 'flow';
  /** The `.collection(…)` calls it comes from. */
  readonly sources: readonly CollectionSource[];
  /** The `User` of a `Collection<User>`. */
  readonly documentType: Type | undefined;
  /** Relative to the project's folder, with slashes. */
  readonly file: string;
  readonly line: number;
}

/** A call by a name that only the driver uses, on an unknown receiver. */
export interface UnknownCall {
  readonly method: DriverMethod;
  readonly node: CallExpression;
  readonly file: string;
  readonly line: number;
}

export interface FoundCalls {
  readonly calls: readonly DriverCall[];
  readonly unknown: readonly UnknownCall[];
}
