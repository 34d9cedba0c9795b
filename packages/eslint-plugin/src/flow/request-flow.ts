import type { TSESTree } from '@typescript-eslint/utils';

import { importedName } from '../ast/imported-name.ts';
import { type Node, propertyName, type Variable, variableOf, withoutTypes } from '../ast/nodes.ts';
import type { SourceCode } from '../rule.ts';
import { functionNamed, isFunction, parameterOf, returned } from './functions.ts';
import { patternPath } from './pattern-path.ts';
import type { RequestObjects } from './request-object.ts';
import { isInputParameter, isRequestParameter } from './request-parameter.ts';
import { HANDS_ON, SCALAR_METHODS, TO_SCALAR } from './request-words.ts';
import { valuesPutInto } from './values-put-into.ts';

/** Methods that return an index or a boolean, which does not count as request input. */
const ASKING: ReadonlySet<string> = new Set([
  'includes',
  'some',
  'every',
  'startsWith',
  'endsWith',
  'has',
  'test',
  'indexOf',
  'findIndex',
  'localeCompare',
]);
const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '**', '|', '&', '^', '<<', '>>', '>>>']);

/** Follows values back to request input within a file. */
export class RequestFlow {
  readonly #code: SourceCode;
  readonly #requests: RequestObjects;
  /** Whether a value that was converted to a scalar still counts: in `trusted()` it does, in `op()` it is harmless. */
  readonly #throughScalars: boolean;
  readonly #seen = new Set<unknown>();

  constructor(code: SourceCode, requests: RequestObjects, throughScalars: boolean) {
    this.#code = code;
    this.#requests = requests;
    this.#throughScalars = throughScalars;
  }

  /** Where request input enters an expression, or `undefined`. */
  find(node: Node | null | undefined): Node | undefined {
    if (node === null || node === undefined) return undefined;
    const bare = withoutTypes(node);
    switch (bare.type) {
      case 'Identifier':
        return this.#inName(bare);
      case 'MemberExpression':
        return this.#inMember(bare);
      case 'CallExpression':
      case 'NewExpression':
        return this.#inCall(bare);
      case 'AwaitExpression':
      case 'SpreadElement':
        return this.find(bare.argument);
      case 'ConditionalExpression':
        return this.find(bare.consequent) ?? this.find(bare.alternate);
      case 'LogicalExpression':
        return this.find(bare.left) ?? this.find(bare.right);
      case 'SequenceExpression':
        return this.find(bare.expressions.at(-1));
      case 'AssignmentExpression':
        return this.find(bare.right);
      case 'ArrayExpression':
        return this.#first(bare.elements);
      case 'ObjectExpression':
        return this.#inObject(bare);
      default:
        return this.#throughScalars ? this.#inScalar(bare) : undefined;
    }
  }

  #inScalar(node: Node): Node | undefined {
    if (node.type === 'TemplateLiteral') return this.#first(node.expressions);
    if (node.type === 'BinaryExpression' && ARITHMETIC.has(node.operator))
      return this.find(node.left) ?? this.find(node.right);
    if (node.type === 'UnaryExpression' && ['+', '-', '~'].includes(node.operator)) return this.find(node.argument);
    return undefined;
  }

  #first(nodes: readonly (Node | null)[]): Node | undefined {
    for (const node of nodes) {
      const found = this.find(node);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #inObject({ properties }: TSESTree.ObjectExpression): Node | undefined {
    for (const property of properties) {
      const found =
        property.type === 'SpreadElement'
          ? this.find(property)
          : (this.find(property.value) ?? (property.computed ? this.key(property.key) : undefined));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Finds request input in a key. Even a string key from the client can be a path or an operator. */
  key(node: Node): Node | undefined {
    return new RequestFlow(this.#code, this.#requests, true).find(node);
  }

  #inMember(node: TSESTree.MemberExpression): Node | undefined {
    if (!this.#requests.has(node.object)) {
      const found = this.#requests.has(node) ? node : this.find(node.object);
      // Report `req.body.role`, which is more precise than `req.body`.
      return found === withoutTypes(node.object) ? node : found;
    }
    const name = propertyName(this.#code, node);
    return name === undefined || this.#requests.isInput(node.object, name) || this.#requests.has(node)
      ? node
      : undefined;
  }

  #inName(name: TSESTree.Identifier): Node | undefined {
    if (this.#requests.has(name)) return name;
    const variable = variableOf(this.#code, name);
    if (variable === undefined || this.#seen.has(variable)) return undefined;
    this.#seen.add(variable);
    const found =
      this.#inParameter(variable) ?? this.#inDeclaration(variable) ?? this.#first(valuesPutInto(this.#code, variable));
    this.#seen.delete(variable);
    return found;
  }

  #inParameter(variable: Variable): Node | undefined {
    const bound = parameterOf(variable);
    if (bound === undefined) return undefined;
    const { fn, parameter, name } = bound;
    if (isInputParameter(parameter)) return name;
    const path = patternPath(this.#code, parameter, name) ?? [];
    if (path.length > 0 && isRequestParameter(this.#code, fn, parameter))
      return this.#requests.takesInput(path) ? name : undefined;
    // `({ req: { body } }) => …`
    if (path.length > 1 && (path[0] === 'req' || path[0] === 'request') && this.#requests.takesInput(path)) return name;
    // `req.body.ids.map((id) => …)`
    const call = fn.parent;
    if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
    return this.find(call.callee.object);
  }

  #inDeclaration(variable: Variable): Node | undefined {
    const definition = variable.defs[0];
    const node = definition?.node as Node | undefined;
    if (definition === undefined || node?.type !== 'VariableDeclarator') return undefined;
    const name = definition.name as TSESTree.Identifier;
    const loop = node.parent.parent;
    const value = node.init ?? (loop?.type === 'ForOfStatement' || loop?.type === 'ForInStatement' ? loop.right : null);
    if (value === null) return undefined;
    if (this.#requests.has(value))
      return this.#requests.takesInput(patternPath(this.#code, node.id, name) ?? []) ? name : undefined;
    return this.find(value);
  }

  #inCall(node: TSESTree.CallExpression | TSESTree.NewExpression): Node | undefined {
    const callee = withoutTypes(node.callee);
    const name = this.#code.getText(callee);
    const last = callee.type === 'MemberExpression' ? (propertyName(this.#code, callee) ?? '') : name;
    if (TO_SCALAR.has(name) || (node.type === 'NewExpression' && TO_SCALAR.has(last)))
      return this.#throughScalars ? this.#first(node.arguments) : undefined;
    if (HANDS_ON.has(name) || importedName(this.#code, callee, 'safe-collection') !== undefined)
      return this.#first(node.arguments);
    if (callee.type === 'MemberExpression') return this.#inMethod(node, callee, last);
    const fn =
      callee.type === 'Identifier' ? functionNamed(this.#code, callee) : isFunction(callee) ? callee : undefined;
    if (fn === undefined || this.#seen.has(fn)) return undefined;
    this.#seen.add(fn);
    const found = this.#first(returned(fn));
    this.#seen.delete(fn);
    return found;
  }

  #inMethod(
    node: TSESTree.CallExpression | TSESTree.NewExpression,
    callee: TSESTree.MemberExpression,
    name: string,
  ): Node | undefined {
    if (this.#requests.has(callee.object)) return this.#inMember(callee);
    if (ASKING.has(name) || (SCALAR_METHODS.has(name) && !this.#throughScalars)) return undefined;
    const [first] = node.arguments;
    if ((name === 'map' || name === 'flatMap') && first !== undefined)
      return this.#inMapping(callee.object, withoutTypes(first));
    return this.find(callee.object) ?? (name === 'concat' ? this.#first(node.arguments) : undefined);
  }

  #inMapping(list: Node, mapping: Node): Node | undefined {
    if (isFunction(mapping)) return this.#first(returned(mapping));
    return TO_SCALAR.has(this.#code.getText(mapping)) && this.#throughScalars ? this.find(list) : undefined;
  }
}
