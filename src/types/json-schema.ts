import type { Capabilities } from './capabilities.ts';

/** A JSON Schema, as Fastify and OpenAPI take it. */
export interface JSONSchema {
  readonly type: 'object';
  readonly properties: { readonly [key: string]: object };
  readonly additionalProperties: false;
}

/** What the program says of the stored types, which a view does not know at run time. */
export interface SchemaDescription<C extends Capabilities> {
  /** The schema of each leaf that is to have one: `{ username: { type: 'string' } }`. The others take anything. */
  readonly leaves?: { readonly [K in C['public']]?: { readonly [keyword: string]: unknown } };
}
