import type { Capabilities } from './capabilities.ts';

/** A JSON Schema, as Fastify and OpenAPI take it. */
export interface JSONSchema {
  readonly type: 'object';
  readonly properties: { readonly [key: string]: object };
  readonly additionalProperties: false;
}

/** The schemas that the program gives for leaves, since a view does not know stored types at run time. */
export interface SchemaDescription<C extends Capabilities> {
  /** Schemas by leaf: `{ username: { type: 'string' } }`. Other leaves accept anything. */
  readonly leaves?: { readonly [K in C['public']]?: { readonly [keyword: string]: unknown } };
}
