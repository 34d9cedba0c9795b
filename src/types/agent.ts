import type { ObjectId } from 'mongodb';

import type { AgentMethod, FieldKind } from '../grammar/agent-operators.ts';
import type { ErrorCode } from '../errors/error-codes.ts';
import type { Capabilities } from './capabilities.ts';
import type { collectionTypes, CollectionTypes } from './collection-types.ts';
import type { Stored } from './document.ts';
import type { ValueAt } from './path-value.ts';
import type { Refused } from './refused.ts';
import type { IsAny, IsNever } from './type-fest.ts';

/** Which tools are made: the methods of each collection. Checked by `agentTools()`. */
export type ToolChoice = { readonly [collection: string]: readonly (AgentMethod | (string & {}))[] };

/** Checks the choice of tools: bound collections, and methods that are tools. */
export type CheckToolChoice<D, T> =
  IsAny<D | T> extends true
    ? never
    : IsNever<keyof T> extends true
      ? Refused<'name at least one collection'>
      : {
          readonly [K in keyof T]: K extends keyof D
            ? CheckChosen<D[K], T[K]>
            : Refused<`'${K & string}' is not one of these collections`>;
        };

type CheckChosen<X, M> =
  IsAny<X | M> extends true
    ? never
    : X extends { readonly [collectionTypes]: unknown }
      ? CheckMethods<M>
      : X extends { readonly find: unknown }
        ? Refused<'this is not a SafeCollection'>
        : X extends { readonly scoped: unknown }
          ? Refused<'this collection has a scope: bind it first, shop.scoped({ … })'>
          : Refused<'this is not a SafeCollection'>;

type CheckMethods<M> = M extends readonly AgentMethod[]
  ? IsNever<M[number]> extends true
    ? Refused<'name at least one method'>
    : unknown
  : M extends readonly unknown[]
    ? {
        readonly [I in keyof M]: M[I] extends AgentMethod
          ? unknown
          : Refused<`'${M[I] & string}' is not a tool: use find, count, aggregate or paginate`>;
      }
    : Refused<'write an array of methods'>;

/** The names of the tools of a choice. */
export type ToolNames<T> = {
  [K in keyof T & string]: T[K] extends readonly (infer M extends string)[] ? `${K}_${M}` : never;
}[keyof T & string];

/** What a program says about its collections, by name. */
export type Descriptions<D> = {
  readonly [K in keyof D]?: D[K] extends {
    readonly [collectionTypes]: CollectionTypes<infer TDoc, infer _P, infer C>;
  }
    ? CollectionDescription<TDoc, C>
    : never;
};

/** What a model is told about a collection. */
export interface CollectionDescription<TDoc, C extends Capabilities> {
  /** What the documents are, in a sentence. */
  readonly description?: string;
  /** What is known of the fields. */
  readonly fields?: {
    readonly [P in C['public'] | C['filterable']]?: FieldDescription<KindOfValue<ValueAt<Stored<TDoc>, P>>>;
  };
}

/** What a model is told about a field. */
export interface FieldDescription<Kind extends FieldKind> {
  /** What the field holds, in a sentence. */
  readonly description?: string;
  /**
   * The kind of its values. Then a condition takes only these, and dates and ids are plain strings. A view knows no stored types at run
   * time, so without it a condition takes any scalar, and dates and ids as `{ "date": … }` and `{ "id": … }`.
   */
  readonly kind?: Kind;
}

type KindOfValue<V> =
  NonNullable<V> extends readonly (infer E)[]
    ? KindOfValue<E>
    : [NonNullable<V>] extends [string]
      ? 'string'
      : [NonNullable<V>] extends [boolean]
        ? 'boolean'
        : [NonNullable<V>] extends [number]
          ? 'number'
          : [NonNullable<V>] extends [Date]
            ? 'date'
            : [NonNullable<V>] extends [ObjectId]
              ? 'id'
              : never;

/** The caps of all tools, their descriptions, and the log. */
export interface AgentOptions<D = object> {
  /** The highest number of documents, or of groups, in an answer. Default: 50. */
  readonly maxRows?: number;
  /** The highest number of bytes of an answer's JSON. Default: 64,000. */
  readonly maxBytes?: number;
  /** The longest time of a call, in milliseconds. Default: 5,000. */
  readonly maxTimeMS?: number;
  /** What the model is told about the collections and their fields. */
  readonly describe?: Descriptions<D>;
  /** Called after each call, for the log. It gets no values. Errors that it throws are ignored. */
  readonly onCall?: (entry: ToolCallEntry) => void | Promise<void>;
}

/** A tool in the form that MCP and the interfaces of most language models take. */
export interface ToolDescriptor<Name extends string = string> {
  readonly name: Name;
  readonly description: string;
  readonly inputSchema: ToolSchema;
  readonly outputSchema: ToolSchema;
}

/** A JSON Schema of an object. */
export interface ToolSchema {
  readonly type: 'object';
  readonly [keyword: string]: unknown;
}

/** Why a call was refused, for the model. */
export interface ToolRefusal {
  /** The stable code of the reason. */
  readonly code: ErrorCode;
  /** What is wrong. */
  readonly what: string;
  /** The place in the input, such as `filter.and[1].field`. */
  readonly where?: string;
  /** What to do instead. */
  readonly instead: string;
}

/** The answer to a call: an output that fits the tool's `outputSchema`, or a refusal. `text` is the same as JSON. */
export type ToolAnswer =
  | { readonly ok: true; readonly output: { readonly [key: string]: unknown }; readonly text: string }
  | { readonly ok: false; readonly refusal: ToolRefusal; readonly text: string };

/** A line for the log: one call of a tool. It contains no stored value and no value of the call. */
export interface ToolCallEntry {
  /** The name of the tool; absent if there is no such tool. */
  readonly tool?: string;
  /** The view that was read. */
  readonly view?: string;
  /** The paths of the conditions that were understood. */
  readonly filterPaths: readonly string[];
  /** The documents or groups of the answer. */
  readonly rows: number;
  /** The bytes of the answer. */
  readonly bytes: number;
  readonly milliseconds: number;
  /** The code of the refusal, if it was refused. */
  readonly code?: ErrorCode;
}

/** The tools of a program. */
export interface AgentTools<Name extends string = string> {
  /** The tools, frozen, to be passed on to a model. */
  readonly descriptors: readonly ToolDescriptor<Name>[];

  /**
   * Runs one call of a model.
   *
   * @param name - the name of the tool, as the model wrote it.
   * @param input - the arguments: JSON as a string, or parsed. Nothing else is accepted.
   * @param options - `signal` ends the call; then it rejects with the signal's own reason.
   * @returns the answer. A mistake of the model, and a failure of the database, is an answer too.
   */
  call(
    name: Name | (string & {}),
    input: unknown,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<ToolAnswer>;
}
