import { Node, stringsByType, Tracer } from '../project/index.ts';
import type { NameIndex, Type } from '../project/index.ts';
import { collectionOf } from './pluralize.ts';
import { readSchema, schemasBehind } from './read-schema.ts';
import type { SchemaFacts } from './schema-facts.ts';

/** A model of the project. */
export interface Model {
  /** The call `model('User', schema)`. */
  readonly node: Node;
  readonly name: string;
  readonly collection: string;
  readonly schema: SchemaFacts;
  /** The `User` of `model<User>()` or `new Schema<User>()`. */
  readonly declared: Type | undefined;
}

/** Finds the models of a project by the calls that make them. */
export class Models {
  readonly all: readonly Model[];
  readonly #byNode: ReadonlyMap<Node, Model>;
  readonly #tracer: Tracer<Node>;

  constructor(index: NameIndex) {
    this.all = (index.calls.get('model') ?? []).flatMap((node) => modelAt(node, index) ?? []);
    this.#byNode = new Map(this.all.map((model) => [model.node, model]));
    this.#tracer = Tracer.of<Node>(index, (node) => (this.#byNode.has(node) ? [node] : undefined));
  }

  /** The model of a name, as a reference gives it. */
  named(name: string): Model | undefined {
    const [found, ...others] = this.all.filter((model) => model.name === name);
    return others.length > 0 ? undefined : found;
  }

  /** The model of an expression; nothing if it may be several models, or none. */
  behind(node: Node): Model | undefined {
    const [found, ...others] = this.#tracer.trace(node);
    return found === undefined || others.length > 0 ? undefined : this.#byNode.get(found);
  }
}

function modelAt(node: Node, index: NameIndex): Model | undefined {
  if (!Node.isCallExpression(node)) return undefined;
  const [first, given, third] = node.getArguments();
  const name = first === undefined ? undefined : textOf(first);
  if (name === undefined || given === undefined) return undefined;
  const [schema, ...others] = schemasBehind(given, index);
  if (schema === undefined || others.length > 0) return undefined;
  const facts = readSchema(schema, index);
  const collection = third === undefined ? undefined : textOf(third);
  // A collection whose name is computed would be another one.
  if (third !== undefined && collection === undefined) return undefined;
  const [own] = node.getTypeArguments();
  const [ofSchema] = Node.isNewExpression(schema) ? schema.getTypeArguments() : [];
  return {
    node,
    name,
    collection: collection ?? facts.collection ?? collectionOf(name),
    schema: facts,
    declared: (ofSchema ?? own)?.getType(),
  };
}

/** A string that is written out, or the value of a constant. */
function textOf(node: Node): string | undefined {
  const [text, ...others] = stringsByType(node);
  return others.length === 0 ? text : undefined;
}
