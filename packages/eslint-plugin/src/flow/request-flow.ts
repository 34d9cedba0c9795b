import type { TSESTree } from '@typescript-eslint/utils';

import { type FunctionNode, parameterOf } from '../ast/functions.ts';
import { importedName } from '../ast/imported-name.ts';
import { type Node, propertyName, type Variable, variableOf, withoutTypes } from '../ast/nodes.ts';
import { ANY_MEMBER, patternPath } from '../ast/pattern-path.ts';
import type { SourceCode } from '../rule.ts';
import { type Call, callsOf, functionCalled, resultsOf } from './calls.ts';
import { isCheckedParameter, isInputParameter } from './input-parameter.ts';
import type { RequestObjects } from './request-object.ts';
import { isRequestParameter } from './request-parameter.ts';
import { ASKING, COPIES, HANDS_ON, MEASURES, READERS, SCALAR_METHODS, TO_SCALAR } from './value-words.ts';
import { valuesPutInto } from './values-put-into.ts';

type Path = readonly string[];
type Arguments = Call['arguments'];

/** Which values still count as request input. In `op()`, some are harmless. */
export interface Counted {
  /** Values that were converted to a scalar. */
  readonly scalars: boolean;
  /** Input that a framework has checked with a schema: of tRPC, and `c.req.valid()`. */
  readonly checked: boolean;
}

/** A call of a function of this file, through which values are followed. */
interface Frame {
  readonly fn: FunctionNode;
  readonly arguments: Arguments;
}

const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '**', '|', '&', '^', '<<', '>>', '>>>']);
/** Bounds the work in a file with many functions that call each other. */
const MOST_STEPS = 4000;

/**
 * Follows values back to request input within a file. A path is the members that are read of a value later, so that in
 * `{ data: req.body, by: req.user }` only `data` is request input.
 */
export class RequestFlow {
  readonly #code: SourceCode;
  readonly #requests: RequestObjects;
  readonly #counts: Counted;
  readonly #seen = new Map<unknown, Set<string>>();
  #frames: readonly Frame[] = [];
  #steps = 0;

  constructor(code: SourceCode, requests: RequestObjects, counts: Counted) {
    this.#code = code;
    this.#requests = requests;
    this.#counts = counts;
  }

  /** Where request input enters an expression, or `undefined`. */
  find(node: Node | null | undefined, path: Path = []): Node | undefined {
    if (node === null || node === undefined) return undefined;
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) return undefined;
    const bare = withoutTypes(node);
    switch (bare.type) {
      case 'Identifier':
        return this.#inName(bare, path);
      case 'MemberExpression':
        return this.#inMember(bare, path);
      case 'CallExpression':
      case 'NewExpression':
        return this.#inCall(bare, path);
      case 'AwaitExpression':
      case 'SpreadElement':
        return this.find(bare.argument, path);
      case 'ConditionalExpression':
        return this.find(bare.consequent, path) ?? this.find(bare.alternate, path);
      case 'LogicalExpression':
        return this.find(bare.left, path) ?? this.find(bare.right, path);
      case 'SequenceExpression':
        return this.find(bare.expressions.at(-1), path);
      case 'AssignmentExpression':
        return this.find(bare.right, path);
      case 'ArrayExpression':
        return this.#first(bare.elements, (element) =>
          this.find(element, element?.type === 'SpreadElement' ? path : path.slice(1)),
        );
      case 'ObjectExpression':
        return this.#inObject(bare, path);
      default:
        return this.#counts.scalars ? this.#inScalar(bare) : undefined;
    }
  }

  /** Finds request input in a key. Even a string key from the client can be a path or an operator. */
  key(node: Node): Node | undefined {
    return new RequestFlow(this.#code, this.#requests, { scalars: true, checked: true }).find(node);
  }

  #inScalar(node: Node): Node | undefined {
    if (node.type === 'TemplateLiteral') return this.#first(node.expressions);
    if (node.type === 'BinaryExpression' && ARITHMETIC.has(node.operator))
      return this.find(node.left) ?? this.find(node.right);
    if (node.type === 'UnaryExpression' && ['+', '-', '~'].includes(node.operator)) return this.find(node.argument);
    return undefined;
  }

  #first<T extends Node | null>(nodes: readonly T[], find = (node: T) => this.find(node)): Node | undefined {
    for (const node of nodes) {
      const found = find(node);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #inObject({ properties }: TSESTree.ObjectExpression, path: Path): Node | undefined {
    const [first = ANY_MEMBER, ...rest] = path;
    for (const property of properties.toReversed()) {
      const isSpread = property.type === 'SpreadElement';
      const name = isSpread ? undefined : propertyName(this.#code, property);
      if (first !== ANY_MEMBER && name !== undefined && name !== first) continue;
      const found = isSpread ? this.find(property, path) : this.#inProperty(property, rest);
      // Later properties replace earlier ones.
      if (found !== undefined || (first !== ANY_MEMBER && name === first)) return found;
    }
    return undefined;
  }

  #inProperty(property: TSESTree.Property, path: Path): Node | undefined {
    const found = property.kind === 'get' ? this.#inResults(property.value, path) : this.find(property.value, path);
    return found ?? (property.computed ? this.key(property.key) : undefined);
  }

  #inMember(node: TSESTree.MemberExpression, path: Path): Node | undefined {
    const name = propertyName(this.#code, node) ?? ANY_MEMBER;
    if (path.length === 0 && MEASURES.has(name)) return undefined;
    if (this.#requests.has(node)) return this.#requests.gives(node, path) ? node : undefined;
    const found = this.find(node.object, [name, ...path]);
    // Report `req.body.role`, which is more precise than `req`.
    return found === withoutTypes(node.object) ? node : found;
  }

  #inName(name: TSESTree.Identifier, path: Path): Node | undefined {
    if (this.#requests.has(name)) return this.#requests.gives(name, path) ? name : undefined;
    const variable = variableOf(this.#code, name);
    if (variable === undefined) return undefined;
    return this.#once(
      variable,
      path,
      () => this.#inParameter(variable, path) ?? this.#inDeclaration(variable, path) ?? this.#inPut(variable, path),
    );
  }

  /** Stops where a value is made of itself. */
  #once(subject: unknown, path: Path, find: () => Node | undefined): Node | undefined {
    const paths = this.#seen.get(subject) ?? new Set<string>();
    this.#seen.set(subject, paths);
    const key = path.join('.');
    // A path that grows with each round is a loop, too.
    if (paths.has(key) || paths.size > 3) return undefined;
    paths.add(key);
    const found = find();
    paths.delete(key);
    return found;
  }

  #inPut(variable: Variable, path: Path): Node | undefined {
    for (const { value, into, from, key } of valuesPutInto(this.#code, variable)) {
      if (!into.every((name, at) => isSame(name, path[at]))) continue;
      const found =
        this.find(value, [...from, ...path.slice(into.length)]) ?? (key === undefined ? key : this.key(key));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #inParameter(variable: Variable, path: Path): Node | undefined {
    const bound = parameterOf(variable);
    if (bound === undefined) return undefined;
    const { fn, parameter, name } = bound;
    const whole = [...(patternPath(this.#code, parameter, name) ?? []), ...path];
    if (isInputParameter(this.#code, fn, parameter, whole)) return name;
    if (isCheckedParameter(this.#code, fn, parameter, whole)) return this.#counts.checked ? name : undefined;
    if (isRequestParameter(this.#code, fn, parameter)) return this.#requests.takesInput(whole) ? name : undefined;
    // `({ req: { body } }) => …`
    if ((whole[0] === 'req' || whole[0] === 'request') && this.#requests.takesInput(whole)) return name;
    const at = fn.params.indexOf(parameter as FunctionNode['params'][number]);
    const frame = this.#frames.findLastIndex((one) => one.fn === fn);
    if (frame !== -1) return this.#inArgument(this.#frames[frame]?.arguments ?? [], at, whole, frame);
    return this.#inCallback(fn) ?? this.#inCallers(fn, at, whole);
  }

  /** An argument belongs to the caller, so that it is read without the frames of the call. */
  #inArgument(given: Arguments, at: number, path: Path, frame: number): Node | undefined {
    const frames = this.#frames;
    this.#frames = frames.slice(0, frame);
    const spread = given.slice(0, at + 1).find(({ type }) => type === 'SpreadElement');
    const found = spread === undefined ? this.find(given[at], path) : this.find(spread, [ANY_MEMBER, ...path]);
    this.#frames = frames;
    return found;
  }

  /** `req.body.ids.map((id) => …)`. */
  #inCallback(fn: FunctionNode): Node | undefined {
    const call = fn.parent;
    if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
    return this.#requests.has(call.callee.object) ? undefined : this.find(call.callee.object);
  }

  /** The calls of a function in this file: `save(req.body)`, `req.body.map(save)`. */
  #inCallers(fn: FunctionNode, at: number, path: Path): Node | undefined {
    for (const { given, list } of callsOf(this.#code, fn)) {
      const found = given === undefined ? this.find(list) : this.#inArgument(given, at, path, this.#frames.length);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #inDeclaration(variable: Variable, path: Path): Node | undefined {
    const definition = variable.defs[0];
    const node = definition?.node as Node | undefined;
    if (definition === undefined || node?.type !== 'VariableDeclarator') return undefined;
    const name = definition.name as TSESTree.Identifier;
    const whole = [...(patternPath(this.#code, node.id, name) ?? []), ...path];
    const loop = node.parent.parent;
    const isLoop = loop?.type === 'ForOfStatement' || loop?.type === 'ForInStatement';
    const value = node.init ?? (isLoop ? loop.right : null);
    if (value === null) return undefined;
    const found = this.find(value, isLoop ? [ANY_MEMBER, ...whole] : whole);
    // `const { body } = req`: report `body`.
    return found === withoutTypes(value) && this.#requests.has(value) && whole.length > 0 ? name : found;
  }

  #inCall(node: Call, path: Path): Node | undefined {
    const callee = withoutTypes(node.callee);
    const fn = functionCalled(this.#code, callee);
    if (fn !== undefined)
      return this.#once(fn, path, () => {
        const frames = this.#frames;
        this.#frames = [...frames, { fn, arguments: node.arguments }];
        const found = this.#inResults(fn, path);
        this.#frames = frames;
        return found;
      });
    const name = this.#code.getText(callee);
    const last = callee.type === 'MemberExpression' ? (propertyName(this.#code, callee) ?? '') : name;
    if (TO_SCALAR.has(name) || (node.type === 'NewExpression' && TO_SCALAR.has(last)))
      return this.#counts.scalars ? this.#first(node.arguments) : undefined;
    if (HANDS_ON.has(name)) return this.#first(node.arguments, (argument) => this.find(argument, path));
    if (importedName(this.#code, callee, 'safe-collection') !== undefined) return this.#first(node.arguments);
    if (COPIES.has(last)) return this.#inCopy(node, callee);
    if (callee.type === 'MemberExpression') return this.#inMethod(node, callee, last);
    return this.#isReader(node, callee) ? node : undefined;
  }

  /** `_.pick(req.body, names)` and `pick(req.body, names)`. */
  #inCopy(node: Call, callee: Node): Node | undefined {
    const own = callee.type === 'MemberExpression' ? this.find(callee.object) : undefined;
    return own ?? this.#first(node.arguments);
  }

  /** `readBody(event)`, and `cookies()` of Next. */
  #isReader(node: Call, callee: Node): boolean {
    const [request] = node.arguments;
    if (request !== undefined) return READERS.has(this.#code.getText(callee)) && this.#requests.has(request);
    const name = importedName(this.#code, callee, 'next/headers');
    return name === 'cookies' || name === 'headers';
  }

  #inMethod(node: Call, callee: TSESTree.MemberExpression, name: string): Node | undefined {
    if (name === 'valid' && !this.#counts.checked) return undefined;
    if (this.#requests.has(callee.object)) return this.#inMember(callee, []);
    if (ASKING.has(name) || (SCALAR_METHODS.has(name) && !this.#counts.scalars)) return undefined;
    const [first] = node.arguments;
    if ((name === 'map' || name === 'flatMap') && first !== undefined)
      return this.#inMapping(callee.object, withoutTypes(first));
    return this.find(callee.object) ?? (name === 'concat' ? this.#first(node.arguments) : undefined);
  }

  #inMapping(list: Node, mapping: Node): Node | undefined {
    const fn = functionCalled(this.#code, mapping);
    if (fn !== undefined) return this.#once(fn, [], () => this.#inResults(fn, []));
    return TO_SCALAR.has(this.#code.getText(mapping)) && this.#counts.scalars ? this.find(list) : undefined;
  }

  #inResults(fn: Node, path: Path): Node | undefined {
    return this.#first(resultsOf(fn), (result) => this.find(result, path));
  }
}

function isSame(name: string, other: string | undefined): boolean {
  return other === undefined || name === other || name === ANY_MEMBER || other === ANY_MEMBER;
}
