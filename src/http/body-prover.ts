import { types } from 'node:util';

import { quote } from '../errors/quote.ts';
import { SafeCollectionError } from '../errors/safe-collection-error.ts';
import type { CallContext } from '../errors/call-context.ts';
import { NOT_A_SCALAR } from '../input/copy-scalar.ts';
import { isPlainObject } from '../input/read.ts';
import { Sensitive } from '../values/sensitive.ts';
import { isProvedJson } from '../results/json/proved-json.ts';
import { exposedShapeOf } from '../results/exposed-results.ts';
import type { PathNode } from '../view/path-tree.ts';
import { copySent } from './copy-sent.ts';
import { append } from '../input/append.ts';

/**
 * The keys under which any envelope may hold a number or a boolean: counts and flags. Text, dates and ids are allowed only
 * under keys that the program declares, because documents consist of them.
 */
const COUNTS_AND_FLAGS: ReadonlySet<string> = new Set([
  'ok',
  'success',
  'found',
  'total',
  'count',
  'page',
  'pages',
  'pageSize',
  'limit',
  'skip',
  'offset',
  'hasMore',
  'hasNext',
  'hasPrevious',
]);

type Trail = readonly string[];

const DEEPEST = 100;
const WHOLE =
  'Send results exactly as a collection returned them: a spread, a map(), a part of a result and parsed JSON are not recognized.';

const JSON_PLACES =
  'Pass it to an adapter (Fastify, Express, Hono) as the whole body, or as a value of an object that is the whole body.';

/** The checked copies. They are deeply frozen, so they can't change after the check. */
const proved = new WeakSet<object>();

/** Checks a body and copies it. Each value is read once, so the checked value is the one that is sent. */
export class BodyProver {
  readonly #envelope: ReadonlySet<string>;
  readonly #call: CallContext;
  readonly #takesJson: boolean;

  /** @param takesJson - whether an envelope may hold proved JSON at its top level: only if it is printed by `jsonInPlace`. */
  constructor(envelope: ReadonlySet<string>, call: CallContext, takesJson = false) {
    this.#envelope = envelope;
    this.#call = call;
    this.#takesJson = takesJson;
  }

  prove(body: unknown): unknown {
    if (body === undefined) return this.#call.refuse('not_sendable', 'There is no body to send.');
    const copy = this.#read(body);
    if (typeof copy === 'object' && copy !== null) proved.add(copy);
    return copy;
  }

  /** A getter or a proxy in the body may throw an error that contains a value, so that error is not passed on. */
  #read(body: unknown): unknown {
    try {
      return this.#value(body, [], '');
    } catch (error) {
      if (error instanceof SafeCollectionError) throw error;
      return this.#call.refuse('not_sendable', 'The body could not be read: a getter or a proxy in it threw.');
    }
  }

  /** `key` is the nearest key of an envelope; for the elements of an array, the key of the array. */
  #value(value: unknown, trail: Trail, key: string): unknown {
    if (typeof value !== 'object' || value === null) return this.#scalar(value, trail, key);
    if (proved.has(value)) return value;
    const shape = exposedShapeOf(value);
    if (shape !== undefined) return this.#result(value, shape, trail);
    this.#checkDepth(trail);
    if (Array.isArray(value))
      return copyArray(value, (each, index) => this.#value(each, [...trail, String(index)], key));
    return isPlainObject(value) ? this.#envelopeOf(value, trail) : this.#scalar(value, trail, key);
  }

  #envelopeOf(value: object, trail: Trail): object {
    const present = Object.entries(value).filter(([, below]) => below !== undefined);
    const takesJson = this.#takesJson && trail.length === 0;
    return fields(
      present.map(([key, below]) => [
        key,
        takesJson && isProvedJson(below) ? below : this.#value(below, [...trail, key], key),
      ]),
    );
  }

  #scalar(value: unknown, trail: Trail, key: string): unknown {
    if (value === null) return null;
    const copy = copySent(value);
    if (copy === NOT_A_SCALAR) return this.#refuseKind(value, trail);
    if (this.#envelope.has(key)) return copy;
    const isCount = typeof value === 'number' || typeof value === 'boolean';
    if (isCount && (trail.length === 0 || COUNTS_AND_FLAGS.has(key))) return copy;
    const declare =
      key === '' ? '' : ` If your program made this value, declare its key: { envelope: [${quote(key)}] }.`;
    return this.#refuse(trail, `is ${kindOf(value)} that does not come from a view. ${WHOLE}${declare}`);
  }

  /** Checks a result against its shape again, because it may have been changed. */
  #result(value: unknown, node: PathNode, trail: Trail): unknown {
    if (node.kind === 'subtree') return this.#subtree(value, trail);
    this.#checkDepth(trail);
    if (Array.isArray(value))
      return copyArray(value, (each, index) => this.#result(each, node, [...trail, String(index)]));
    if (node.kind === 'branch' && isPlainObject(value)) {
      return fields(
        Object.entries(value).map(([key, below]) => [key, this.#field(below, node.children.get(key), [...trail, key])]),
      );
    }
    return node.kind === 'leaf' || node.mayBeScalar ? this.#ownScalar(value, trail) : this.#refuseKind(value, trail);
  }

  #field(value: unknown, node: PathNode | undefined, trail: Trail): unknown {
    if (node !== undefined) return this.#result(value, node, trail);
    return this.#refuse(
      trail,
      'was added to a result. Project the fields you want to send, or send this value next to the result.',
    );
  }

  #subtree(value: unknown, trail: Trail): unknown {
    this.#checkDepth(trail);
    if (Array.isArray(value)) return copyArray(value, (each, index) => this.#subtree(each, [...trail, String(index)]));
    if (!isPlainObject(value)) return this.#ownScalar(value, trail);
    return fields(Object.entries(value).map(([key, below]) => [key, this.#subtree(below, [...trail, key])]));
  }

  /** A scalar of a result. */
  #ownScalar(value: unknown, trail: Trail): unknown {
    const copy = copySent(value);
    return copy === NOT_A_SCALAR ? this.#refuseKind(value, trail) : copy;
  }

  #checkDepth(trail: Trail): void {
    if (trail.length > DEEPEST)
      this.#refuse(trail, `is nested deeper than ${DEEPEST} levels, or is circular. Send less.`);
  }

  #refuseKind(value: unknown, trail: Trail): never {
    if (value instanceof Sensitive) return this.#refuse(trail, 'is Sensitive. A sensitive value must not be sent.');
    if (isProvedJson(value)) return this.#refuse(trail, `is proved JSON. ${JSON_PLACES}`);
    return this.#refuse(trail, `is ${kindOf(value)}. ${WHOLE}`);
  }

  #refuse(trail: Trail, fault: string): never {
    const path = trail.join('.');
    return this.#call.refuse(
      'not_sendable',
      path === '' ? `The body ${fault}` : `In the body, ${quote(path)} ${fault}`,
      path === '' ? undefined : path,
    );
  }
}

/** Defines each field, so that a setter on Object.prototype is not called. */
function fields(entries: readonly (readonly [key: string, value: unknown])[]): object {
  return Object.freeze(Object.fromEntries(entries));
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (Array.isArray(value)) return 'an array';
  if (types.isDate(value)) return 'a date';
  return isPlainObject(value) ? 'a plain object' : 'an instance of a class';
}

/** Maps an array to a new frozen array, without using methods of a subclass or an own `map`. */
function copyArray(values: readonly unknown[], copy: (value: unknown, index: number) => unknown): readonly unknown[] {
  const copies: unknown[] = [];
  for (let index = 0; index < values.length; index += 1) append(copies, copy(values[index], index));
  return Object.freeze(copies);
}
