import { bodiesBehind } from './bodies-behind.ts';
import { callSitesOf, isNamedByRoute } from './call-sites.ts';
import type { Carried } from './carried.ts';
import { deletedBelow, isWritten } from './changed-values.ts';
import { wrapped } from './cursor-chain.ts';
import type { DriverCall } from './driver-call.ts';
import { bare, functionAround, isFunction } from './functions.ts';
import { isCompared } from './is-compared.ts';
import type { NameIndex } from './name-index.ts';
import { referencesOf } from './references.ts';
import { isHandler, isResponse, isResponseBody } from './responses.ts';
import type { Exit, ResultUse } from './result-use.ts';
import { Node } from './syntax.ts';
import { propertyRead } from './text-of.ts';
import { functionsBehind } from './tracer.ts';
import { CALLS_BACK, INSPECTS, KEEPS, LOOKED_AT, LOOKS, MAPS, PASSES } from './value-methods.ts';

const WHOLE: Carried = { path: '', packed: [], without: [], calls: [] };
const DEEPEST = 60;
const MOST_CALLS = 4;

/** A call that returns documents: the driver's, or another library's. */
export type FollowedCall = Pick<DriverCall, 'node'> & { readonly method: string };

const KNOWN = new WeakMap<NameIndex, WeakMap<Node, ResultUse>>();

/** Follows the documents of one call forwards, through variables, destructuring, callbacks and functions of the project. */
export function followResult(call: FollowedCall, index: NameIndex): ResultUse {
  const known = KNOWN.get(index) ?? new WeakMap<Node, ResultUse>();
  KNOWN.set(index, known);
  const use = known.get(call.node) ?? new ResultFollower(index, call.method.startsWith('findOneAnd')).from(call.node);
  known.set(call.node, use);
  return use;
}

class ResultFollower {
  readonly #index: NameIndex;
  readonly #isMetadata: boolean;
  readonly #paths = new Set<string>();
  readonly #accesses: { path: string; node: Node }[] = [];
  readonly #exits: Exit[] = [];
  readonly #sent: { path: string; node: Node }[] = [];
  readonly #seen = new Set<string>();
  #depth = 0;

  constructor(index: NameIndex, isMetadata: boolean) {
    this.#index = index;
    this.#isMetadata = isMetadata;
  }

  from(node: Node): ResultUse {
    this.#value(node, WHOLE);
    return { paths: [...this.#paths].toSorted(), reads: this.#accesses, exits: this.#exits, sent: this.#sent };
  }

  /** Follows an expression that has the value. */
  #value(expression: Node, carried: Carried): void {
    const node = wrapped(expression);
    const key = `${node.getSourceFile().getFilePath()}:${node.getPos()}:${node.getEnd()}:${carried.path}:${carried.packed.join('.')}:${carried.without.join()}:${carried.calls.map(({ call }) => call.getPos()).join()}`;
    if (this.#seen.has(key)) return;
    if (this.#depth > DEEPEST) return this.#exit('argument', node, carried);
    this.#seen.add(key);
    this.#depth += 1;
    this.#used(node, node.getParentOrThrow(), carried);
    this.#depth -= 1;
  }

  #used(node: Node, parent: Node, carried: Carried): void {
    if (
      (Node.isPropertyAccessExpression(parent) || Node.isElementAccessExpression(parent)) &&
      parent.getExpression() === node
    )
      return this.#property(parent, carried);
    if (Node.isVariableDeclaration(parent)) return this.#name(parent.getNameNode(), carried);
    if (Node.isBinaryExpression(parent)) return this.#binary(node, parent, carried);
    if (Node.isConditionalExpression(parent))
      return parent.getCondition() === node ? undefined : this.#value(parent, carried);
    if (Node.isForOfStatement(parent)) return this.#forOf(parent, carried);
    if (Node.isReturnStatement(parent) || (Node.isArrowFunction(parent) && parent.getBody() === node))
      return this.#returned(node, carried);
    if (Node.isCallExpression(parent) || Node.isNewExpression(parent)) return this.#argument(node, parent, carried);
    if (Node.isPropertyAssignment(parent) || Node.isShorthandPropertyAssignment(parent))
      return this.#pack(parent.getParentOrThrow(), parent.getName(), carried);
    if (Node.isArrayLiteralExpression(parent))
      return this.#pack(parent, `[${parent.getElements().findIndex((element) => element === node)}]`, carried);
    if (Node.isSpreadAssignment(parent) || Node.isSpreadElement(parent)) return this.#spread(parent, carried);
    if (Node.isPropertyDeclaration(parent)) return this.#exit('stored', parent, carried);
    if (Node.isTemplateSpan(parent)) return this.#read(carried);
    if (Node.isYieldExpression(parent)) return this.#exit('returned', parent, carried);
    if (Node.isExportAssignment(parent)) return this.#exit('returned', parent, carried);
    if (Node.isDeleteExpression(parent)) return;
    if (LOOKED_AT.has(parent.getKind())) return this.#read(carried);
    // Anything else may pass it on: a property of a component, `throw`, `for … in`.
    this.#exit('argument', parent, carried);
  }

  /** The value becomes a part of an object. Follows the object, and code that takes the part out again. */
  #pack(whole: Node, key: string, carried: Carried): void {
    this.#read(carried);
    this.#value(whole, { ...carried, packed: [key, ...carried.packed] });
  }

  #spread(parent: Node, carried: Carried): void {
    const whole = parent.getParentOrThrow();
    if (Node.isObjectLiteralExpression(whole) || Node.isArrayLiteralExpression(whole))
      return this.#value(whole, carried);
    this.#exit('argument', parent, carried);
  }

  #read(carried: Carried): void {
    if (carried.path !== '') this.#paths.add(carried.path);
  }

  #property(access: Node, carried: Carried): void {
    const name = propertyRead(access);
    const called = access.getParent();
    const isCalled = Node.isCallExpression(called) && called.getExpression() === access;
    if (isCalled && name !== undefined) return this.#method(name, called, carried);
    if (name === undefined) return this.#element(access, carried);
    const [outer, ...inner] = carried.packed;
    if (outer !== undefined) return outer === name ? this.#value(access, { ...carried, packed: inner }) : undefined;
    if (name === 'length') return this.#read(carried);
    if (this.#isMetadata && name === 'value' && carried.path === '') return this.#value(access, carried);
    const path = carried.path === '' ? name : `${carried.path}.${name}`;
    if (carried.without.includes(path)) return;
    this.#accesses.push({ path, node: access });
    this.#value(access, { ...carried, path });
  }

  /** `list[0]`, `map[key]`. */
  #element(access: Node, carried: Carried): void {
    const key = Node.isElementAccessExpression(access) ? access.getArgumentExpression() : undefined;
    if (Node.isNumericLiteral(key) || key?.getType().isNumber() === true || key?.getType().isNumberLiteral() === true)
      return this.#value(access, {
        ...carried,
        packed: carried.packed[0]?.startsWith('[') === true ? carried.packed.slice(1) : carried.packed,
      });
    this.#exit('dynamic', access, carried);
  }

  #method(name: string, call: Node, carried: Carried): void {
    if (!Node.isCallExpression(call)) return;
    if (KEEPS.has(name)) this.#value(call, carried);
    if (CALLS_BACK.has(name) || name === 'reduce')
      return this.#callback(call.getArguments()[0], name === 'reduce' ? 1 : 0, carried);
    if (KEEPS.has(name)) return;
    if (carried.path !== '' || INSPECTS.has(name)) return this.#read(carried);
    // A method that is not known may do anything with the document: `stream().on('data', …)`.
    this.#exit('argument', call, carried);
  }

  /** A function that is called with the value. */
  #callback(callback: Node | undefined, at: number, carried: Carried): void {
    if (callback === undefined || LOOKS.test(callback.getText())) return;
    if (Node.isNullLiteral(callback)) return;
    const targets = bodiesBehind(callback, this.#index);
    if (targets.length === 0) return this.#exit('argument', callback, carried);
    for (const called of targets) this.#parameter(called, at, carried);
  }

  #parameter(called: Node, at: number, carried: Carried): void {
    if (!isFunction(called)) return;
    const parameter = called.getParameters()[at];
    if (!Node.isParameterDeclaration(parameter)) return;
    if (parameter.isRestParameter()) return this.#exit('argument', parameter, carried);
    this.#name(parameter.getNameNode(), carried);
  }

  /** Follows a name or a pattern that gets the value. */
  #name(name: Node, carried: Carried): void {
    if (Node.isIdentifier(name)) return this.#reads(name, carried);
    if (Node.isArrayBindingPattern(name)) return this.#arrayPattern(name, carried);
    if (!Node.isObjectBindingPattern(name)) return;
    const elements = name.getElements();
    const taken = elements
      .filter((element) => element.getDotDotDotToken() === undefined)
      .map((element) => element.getPropertyNameNode()?.getText() ?? element.getName());
    for (const [at, element] of elements.entries()) {
      if (element.getDotDotDotToken() !== undefined) {
        this.#name(element.getNameNode(), {
          ...carried,
          without: [...carried.without, ...taken.map((key) => (carried.path === '' ? key : `${carried.path}.${key}`))],
        });
        continue;
      }
      const key = taken[at] ?? '';
      const [outer, ...inner] = carried.packed;
      if (outer !== undefined) {
        if (outer === key) this.#name(element.getNameNode(), { ...carried, packed: inner });
        continue;
      }
      if (this.#isMetadata && key === 'value' && carried.path === '') this.#name(element.getNameNode(), carried);
      else {
        const path = carried.path === '' ? key : `${carried.path}.${key}`;
        this.#accesses.push({ path, node: element });
        this.#name(element.getNameNode(), { ...carried, path });
      }
    }
  }

  #arrayPattern(pattern: Node, carried: Carried): void {
    if (!Node.isArrayBindingPattern(pattern)) return;
    const [outer, ...inner] = carried.packed;
    for (const [at, element] of pattern.getElements().entries()) {
      if (!Node.isBindingElement(element)) continue;
      if (outer === undefined) this.#name(element.getNameNode(), carried);
      else if (outer === `[${at}]`) this.#name(element.getNameNode(), { ...carried, packed: inner });
    }
  }

  #reads(name: Node, carried: Carried): void {
    const references = referencesOf(name);
    const without = carried.packed.length > 0 ? [] : references.flatMap((node) => deletedBelow(node, carried.path));
    const now = { ...carried, without: [...carried.without, ...without] };
    // A destructured field counts as read even if nothing uses it.
    if (references.length === 0) this.#read(carried);
    for (const node of references) if (!isWritten(node)) this.#value(node, now);
  }

  #binary(node: Node, parent: Node, carried: Carried): void {
    if (!Node.isBinaryExpression(parent)) return;
    const operator = parent.getOperatorToken().getText();
    if (operator === '=' || operator === '??=' || operator === '||=') {
      if (parent.getRight() !== node) return;
      const left = bare(parent.getLeft());
      if (Node.isIdentifier(left)) return this.#reads(left, carried);
      if (isResponseBody(left)) return this.#exit('response', parent, carried);
      return this.#exit('stored', parent, carried);
    }
    if (operator === '&&' && parent.getLeft() === node) return;
    if (operator === '&&' || operator === '||' || operator === '??') return this.#value(parent, carried);
    this.#read(carried);
  }

  #forOf(statement: Node, carried: Carried): void {
    if (!Node.isForOfStatement(statement)) return;
    const initializer = statement.getInitializer();
    if (!Node.isVariableDeclarationList(initializer)) return this.#exit('stored', statement, carried);
    for (const declared of initializer.getDeclarations()) this.#name(declared.getNameNode(), carried);
  }

  #returned(node: Node, carried: Carried): void {
    const owner = functionAround(node) ?? (Node.isArrowFunction(node.getParent()) ? node.getParent() : undefined);
    if (owner === undefined) return this.#exit('returned', node, carried);
    const outer = wrapped(owner).getParent();
    const callee = Node.isCallExpression(outer) && outer.getExpression() !== owner ? outer.getExpression() : undefined;
    if (Node.isCallExpression(outer) && Node.isPropertyAccessExpression(callee) && MAPS.has(callee.getName()))
      return this.#value(outer, carried);
    const entered = carried.calls.at(-1);
    if (entered?.owner === owner) return this.#value(entered.call, { ...carried, calls: carried.calls.slice(0, -1) });
    if (isHandler(owner)) return this.#exit('response', node, carried);
    const find = (called: Node) => functionsBehind(called, this.#index);
    const isRoute = isNamedByRoute(owner, this.#index, find);
    if (isRoute) this.#exit('response', node, carried);
    const sites = callSitesOf(owner, this.#index, find);
    if (sites.length === 0 && isRoute) return;
    if (sites.length === 0) return this.#exit('returned', node, carried);
    for (const { node: call } of sites) this.#value(call, carried);
  }

  #argument(node: Node, call: Node, carried: Carried): void {
    if (!Node.isCallExpression(call) && !Node.isNewExpression(call)) return;
    const at = call.getArguments().indexOf(node);
    if (at < 0) return;
    if (isResponse(call)) return this.#exit('response', call, carried);
    const callee = call.getExpression().getText();
    if (callee === 'expect' && isCompared(call)) return this.#exit('argument', call, carried);
    if (LOOKS.test(callee)) return this.#read(carried);
    if (PASSES.has(callee)) return this.#passed(callee, at, call, carried);
    const targets = bodiesBehind(call.getExpression(), this.#index);
    if (targets.length === 0) return this.#exit('argument', call, carried);
    for (const target of targets) {
      const calls = [...carried.calls, { owner: target, call }].slice(-MOST_CALLS);
      this.#parameter(target, at, { ...carried, calls });
    }
  }

  /** A function that returns its argument. */
  #passed(callee: string, at: number, call: Node, carried: Carried): void {
    if (!Node.isCallExpression(call)) return;
    const [first, second] = call.getArguments();
    // The object that gets the fields may be read by its own name.
    if (callee === 'Object.assign' && at > 0 && !Node.isObjectLiteralExpression(first))
      this.#exit('stored', call, carried);
    if (callee === 'Array.from') this.#callback(second, 0, carried);
    this.#value(call, carried);
  }

  #exit(how: Exit['how'], node: Node, carried: Carried): void {
    if (carried.path === '') {
      this.#exits.push({ how, path: '', node, without: carried.without });
      return;
    }
    this.#paths.add(carried.path);
    if (how === 'response') this.#sent.push({ path: carried.path, node });
    else if (how === 'returned') this.#exits.push({ how, path: carried.path, node, without: carried.without });
  }
}
