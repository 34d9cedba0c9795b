import { baseOf, callSitesOf, isOrExtends } from './call-sites.ts';
import { declarationsOf } from './declarations.ts';
import { bare, isClass, isFunction, returnedBy } from './functions.ts';
import type { NameIndex } from './name-index.ts';
import { Node } from './syntax.ts';
import { propertyRead } from './text-of.ts';

/** The context while a value is followed: the arguments of the entered call, and the class of `this`. */
export interface TraceContext {
  readonly bound?: ReadonlyMap<Node, Bound>;
  readonly self?: Node | undefined;
}

interface Bound {
  readonly node: Node;
  readonly context: TraceContext;
}

/** Checks one expression: a result ends the trace, `undefined` continues it. */
export type Leaf<T> = (node: Node, context: TraceContext) => readonly T[] | undefined;

const DEEPEST = 40;

/** The tracers that find functions and classes, one for each project. */
const FUNCTIONS = new WeakMap<NameIndex, Tracer<Node>>();

/**
 * Follows a value back to its possible sources: through variables, properties, parameters, returns, imports and
 * destructuring, in code with and without types. No code is run.
 */
export class Tracer<T> {
  readonly #index: NameIndex;
  readonly #leaf: Leaf<T>;
  readonly #known = new Map<Node, readonly T[]>();
  readonly #open = new Set<Node>();
  readonly #functions: Tracer<Node>;

  private constructor(index: NameIndex, leaf: Leaf<T>, functions: Tracer<Node> | undefined) {
    this.#index = index;
    this.#leaf = leaf;
    // The tracer of functions uses itself.
    this.#functions = functions ?? (this as unknown as Tracer<Node>);
  }

  static of<T>(index: NameIndex, leaf: Leaf<T>): Tracer<T> {
    return new Tracer(index, leaf, Tracer.ofFunctions(index));
  }

  static ofFunctions(index: NameIndex): Tracer<Node> {
    const known = FUNCTIONS.get(index);
    const functions =
      known ?? new Tracer<Node>(index, (node) => (isBody(node) || isClass(node) ? [node] : undefined), undefined);
    FUNCTIONS.set(index, functions);
    return functions;
  }

  /** All possible sources of an expression. */
  trace(expression: Node, context: TraceContext = {}): readonly T[] {
    const node = bare(expression);
    const isPlain = context.bound === undefined && context.self === undefined;
    const known = isPlain ? this.#known.get(node) : undefined;
    if (known !== undefined) return known;
    if (this.#open.has(node) || this.#open.size > DEEPEST) return [];
    this.#open.add(node);
    const found = [...new Set(this.#leaf(node, context) ?? this.#follow(node, context))];
    this.#open.delete(node);
    // A result that was cut short by a cycle is not cached.
    if (isPlain && this.#open.size === 0) this.#known.set(node, found);
    return found;
  }

  #follow(node: Node, context: TraceContext): readonly T[] {
    if (Node.isConditionalExpression(node))
      return [...this.trace(node.getWhenTrue(), context), ...this.trace(node.getWhenFalse(), context)];
    if (Node.isBinaryExpression(node)) return this.#binary(node, context);
    if (Node.isCallExpression(node)) return this.#call(node, context);
    if (Node.isIdentifier(node)) return this.#declared(declarationsOf(node), context);
    if (Node.isPropertyAccessExpression(node) || Node.isElementAccessExpression(node))
      return this.#property(node, context);
    return [];
  }

  #binary(node: Node, context: TraceContext): readonly T[] {
    if (!Node.isBinaryExpression(node)) return [];
    const operator = node.getOperatorToken().getText();
    if (operator === '??' || operator === '||')
      return [...this.trace(node.getLeft(), context), ...this.trace(node.getRight(), context)];
    return operator === '&&' || operator.endsWith('=') || operator === ',' ? this.trace(node.getRight(), context) : [];
  }

  #call(node: Node, context: TraceContext): readonly T[] {
    if (!Node.isCallExpression(node)) return [];
    const callee = bare(node.getExpression());
    const bound = this.#boundBy(callee, context);
    return this.#functions.trace(callee, context).flatMap((called) => {
      if (!isFunction(called)) return [];
      const inside = new Map([...bound, ...boundTo(called, node.getArguments(), context)]);
      return returnedBy(called).flatMap((returned) => this.trace(returned, { ...context, bound: inside }));
    });
  }

  /** In `open('users')(db)` the returned function knows the arguments of the function that returned it. */
  #boundBy(callee: Node, context: TraceContext): ReadonlyMap<Node, Bound> {
    const known = context.bound ?? new Map<Node, Bound>();
    if (!Node.isCallExpression(callee)) return known;
    const outer = bare(callee.getExpression());
    const makers = this.#functions.trace(outer, context);
    return new Map([
      ...this.#boundBy(outer, context),
      ...makers.flatMap((maker) => [...boundTo(maker, callee.getArguments(), context)]),
    ]);
  }

  #property(node: Node, context: TraceContext): readonly T[] {
    const name = propertyRead(node);
    if (name === undefined) return [];
    const self =
      Node.isPropertyAccessExpression(node) && Node.isThisExpression(node.getExpression()) ? context.self : undefined;
    const declarations = ofClass(self, name) ?? declarationsOf(node);
    return declarations.length > 0 ? this.#declared(declarations, context) : this.#anywhere(name, context);
  }

  /** For an unknown object: all assignments to a property of this name. */
  #anywhere(name: string, context: TraceContext): readonly T[] {
    return (this.#index.assigned.get(name) ?? []).flatMap((left) =>
      Node.isIdentifier(left) ? [] : this.#assignedTo(left, context),
    );
  }

  #declared(declarations: readonly Node[], context: TraceContext): readonly T[] {
    return declarations.flatMap((declaration) => this.#declaration(declaration, context));
  }

  #declaration(node: Node, context: TraceContext): readonly T[] {
    const found = this.#leaf(node, context);
    if (found !== undefined) return found;
    if (Node.isParameterDeclaration(node)) return this.#parameter(node, context);
    if (Node.isBindingElement(node)) return this.#binding(node, context);
    if (Node.isShorthandPropertyAssignment(node)) return this.#declared(declarationsOf(node), context);
    if (Node.isExportAssignment(node)) return this.trace(node.getExpression(), context);
    if (Node.isGetAccessorDeclaration(node))
      return returnedBy(node).flatMap((returned) => this.trace(returned, context));
    if (Node.isPropertyAccessExpression(node) || Node.isIdentifier(node) || Node.isElementAccessExpression(node))
      return this.#assignedTo(node, context);
    if (Node.isBinaryExpression(node)) return this.trace(node.getRight(), context);
    if (
      Node.isVariableDeclaration(node) ||
      Node.isPropertyDeclaration(node) ||
      Node.isPropertyAssignment(node) ||
      Node.isEnumMember(node)
    ) {
      const initializer = node.getInitializer();
      return [
        ...(initializer === undefined ? this.#ofSubclasses(node, context) : this.trace(initializer, context)),
        ...this.#assignments(node, context),
      ];
    }
    if (Node.isMethodSignature(node)) return this.#implementations(node, context);
    if (Node.isMethodDeclaration(node) && node.isAbstract()) return this.#implementations(node, context);
    return Node.isPropertySignature(node)
      ? [...this.#assignments(node, context), ...this.#implementations(node, context)]
      : [];
  }

  /** The members of classes with a name that an interface or an abstract class only declares. */
  #implementations(node: Node, context: TraceContext): readonly T[] {
    const name = Node.hasName(node) ? node.getName() : '';
    const owner = node.getParent();
    return [...(this.#index.methods.get(name) ?? []), ...(this.#index.members.get(name) ?? [])]
      .filter((member) => member !== node && implementsOwner(member.getParent(), owner))
      .flatMap((member) => this.#declaration(member, context));
  }

  /** The values that subclasses assign to a property that a base class only declares. */
  #ofSubclasses(node: Node, context: TraceContext): readonly T[] {
    if (!Node.isPropertyDeclaration(node)) return [];
    const owner = node.getParent();
    return (this.#index.members.get(node.getName()) ?? [])
      .filter((member) => member !== node && isOrExtends(baseOf(member.getParentOrThrow()), owner))
      .flatMap((member) => this.#declaration(member, context));
  }

  /** `x = …` for a variable or a property that was declared elsewhere. */
  #assignments(declaration: Node, context: TraceContext): readonly T[] {
    const name = Node.hasName(declaration) ? declaration.getName() : undefined;
    if (name === undefined || Node.isPropertyAssignment(declaration)) return [];
    return (this.#index.assigned.get(name) ?? [])
      .filter((left) => declarationsOf(left).includes(declaration))
      .flatMap((left) => this.#assignedTo(left, context));
  }

  #assignedTo(left: Node, context: TraceContext): readonly T[] {
    const parent = left.getParent();
    return Node.isBinaryExpression(parent) && parent.getLeft() === left ? this.trace(parent.getRight(), context) : [];
  }

  #parameter(node: Node, context: TraceContext): readonly T[] {
    const bound = context.bound?.get(node);
    if (bound !== undefined) return this.trace(bound.node, bound.context);
    const owner = node.getParent();
    if (!Node.isParameterDeclaration(node) || owner === undefined) return [];
    const initializer = node.getInitializer();
    const at = (owner as unknown as { getParameters(): readonly Node[] }).getParameters().indexOf(node);
    const sites = callSitesOf(owner, this.#index, (callee) => this.#functions.trace(callee)).filter(({ madeBy }) =>
      isMadeBy(context.self, madeBy),
    );
    return [
      ...(initializer === undefined ? [] : this.trace(initializer, context)),
      ...sites.flatMap(({ arguments: given }) => {
        const argument = given[at];
        return argument === undefined ? [] : this.trace(argument, { self: context.self });
      }),
    ];
  }

  /** `{ users } = …` and `[users] = …`. */
  #binding(node: Node, context: TraceContext): readonly T[] {
    if (!Node.isBindingElement(node)) return [];
    const initializer = node.getInitializer();
    const defaults = initializer === undefined ? [] : this.trace(initializer, context);
    const pattern = node.getParent();
    const holder = pattern.getParent();
    if (Node.isArrayBindingPattern(pattern)) {
      const from = Node.isVariableDeclaration(holder) ? holder.getInitializer() : undefined;
      const element = from === undefined ? undefined : elementAt(bare(from), pattern.getElements().indexOf(node));
      return [...defaults, ...(element === undefined ? [] : this.trace(element, context))];
    }
    const name = node.getPropertyNameNode()?.getText() ?? node.getName();
    const object = Node.isVariableDeclaration(holder) ? holder.getInitializer() : holder;
    const property = object?.getType().getProperty(name);
    if (property !== undefined) return [...defaults, ...this.#declared(property.getDeclarations(), context)];
    return [...defaults, ...this.#anywhere(name, context)];
  }
}

/** The parameters of a function with the arguments of a call. */
function boundTo(called: Node, given: readonly Node[], context: TraceContext): ReadonlyMap<Node, Bound> {
  if (!isFunction(called)) return new Map();
  return new Map(
    called.getParameters().flatMap((parameter, at) => {
      const node = given[at];
      return node === undefined ? [] : [[parameter, { node, context }] as const];
    }),
  );
}

/** The functions and classes of the project that an expression may be. */
export function functionsBehind(node: Node, index: NameIndex): readonly Node[] {
  return Tracer.ofFunctions(index).trace(node);
}

/** Whether a node is a function with a body, and not only declared by an abstract class. */
function isBody(node: Node): boolean {
  return isFunction(node) && !(Node.isMethodDeclaration(node) && node.isAbstract());
}

/** Whether a class says that it implements an interface, or extends a class. */
function implementsOwner(made: Node | undefined, owner: Node | undefined): boolean {
  if (!isClass(made) || owner === undefined) return false;
  if (isClass(owner)) return isOrExtends(made, owner);
  if (made.getImplements().some((one) => declarationsOf(one.getExpression()).includes(owner))) return true;
  return implementsOwner(baseOf(made), owner);
}

/** Whether an object whose class is `self` may have been made by a call in `madeBy`. */
function isMadeBy(self: Node | undefined, madeBy: Node | undefined): boolean {
  return self === undefined || madeBy === undefined || isOrExtends(self, madeBy) || isOrExtends(madeBy, self);
}

/** The declaration of a property in the known class of `this`. */
function ofClass(self: Node | undefined, name: string): readonly Node[] | undefined {
  if (!isClass(self)) return undefined;
  const property = self.getInstanceProperty(name) ?? self.getInstanceMethod(name);
  return property === undefined ? undefined : [property];
}

/** An element of `[a, b]` or of `Promise.all([a, b])`. */
function elementAt(node: Node, at: number): Node | undefined {
  if (Node.isArrayLiteralExpression(node)) return node.getElements()[at];
  if (!Node.isCallExpression(node) || node.getExpression().getText() !== 'Promise.all') return undefined;
  const [list] = node.getArguments();
  return list === undefined ? undefined : elementAt(bare(list), at);
}
