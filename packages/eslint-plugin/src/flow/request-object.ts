import type { TSESTree } from '@typescript-eslint/utils';

import { type Node, propertyName, type Variable, variableOf, withoutTypes } from '../ast/nodes.ts';
import type { SourceCode } from '../rule.ts';
import { partsOf, type TypeInformation } from '../types/type-information.ts';
import { parameterOf } from '../ast/functions.ts';
import { ANY_MEMBER, patternPath } from '../ast/pattern-path.ts';
import { typeName } from './declared-names.ts';
import { isRequestParameter } from './request-parameter.ts';
import { CONTEXT_NAMES, INPUTS, REQUEST_INPUTS, REQUEST_MEMBERS, REQUEST_TYPES } from './request-words.ts';

/** Names that are also used for other things. They do not count if the type is not a request. */
const VAGUE: ReadonlySet<string> = new Set(['context', 'event']);

/** Recognises requests and contexts, which contain the client's input. */
export class RequestObjects {
  readonly #code: SourceCode;
  readonly #names: ReadonlySet<string>;
  readonly #types: TypeInformation | undefined;

  constructor(code: SourceCode, names: Iterable<string>, types: TypeInformation | undefined) {
    this.#code = code;
    this.#names = new Set(names);
    this.#types = types;
  }

  /** Whether an expression is a request, or a context that leads to one. */
  has(node: Node): boolean {
    const bare = withoutTypes(node);
    if (bare.type === 'MemberExpression') {
      const name = propertyName(this.#code, bare) ?? '';
      return REQUEST_MEMBERS.has(name) || (name === 'raw' && this.has(bare.object)) || this.#hasType(bare);
    }
    if (bare.type !== 'Identifier') return false;
    const variable = variableOf(this.#code, bare);
    if (variable === undefined || variable.defs.length === 0) return this.#names.has(bare.name);
    return this.#isRequestVariable(variable) || this.#hasType(bare);
  }

  /** Whether a request gives client input at a path: `body` of `req`, `request.body` of `ctx`. The whole request does. */
  gives(request: Node, path: readonly string[]): boolean {
    const bare = withoutTypes(request);
    const name = bare.type === 'Identifier' ? bare.name : undefined;
    if (path[0] === 'get' && name !== undefined && CONTEXT_NAMES.has(name)) return false;
    return this.takesInput(path) || (REQUEST_INPUTS.has(path[0] ?? '') && name !== 'event');
  }

  /** Whether a path of a request is client input: `['body']`, `['req', 'body']`. */
  takesInput([first, ...rest]: readonly string[]): boolean {
    if (first === undefined) return true;
    return REQUEST_MEMBERS.has(first) ? this.takesInput(rest) : first === ANY_MEMBER || INPUTS.has(first);
  }

  #isRequestVariable(variable: Variable): boolean {
    const bound = parameterOf(variable);
    if (bound !== undefined) {
      const { fn, parameter, name } = bound;
      const path = patternPath(this.#code, parameter, name);
      if (path?.length !== 0) return this.#names.has(name.name) || isRequestMember(path);
      return this.#isNamedRequest(name, parameter) || isRequestParameter(this.#code, fn, parameter);
    }
    const { node: declarator, name } = variable.defs[0] ?? {};
    const definition = declarator as Node | undefined;
    if (definition?.type !== 'VariableDeclarator' || definition.init === null) return false;
    const path = patternPath(this.#code, definition.id, name as TSESTree.Identifier);
    return path?.length === 0 ? this.has(definition.init) : isRequestMember(path);
  }

  #isNamedRequest({ name }: TSESTree.Identifier, parameter: Node): boolean {
    if (!this.#names.has(name)) return false;
    const type = typeName(parameter);
    return !VAGUE.has(name) || type === undefined || REQUEST_TYPES.has(type);
  }

  #hasType(node: Node): boolean {
    if (this.#types === undefined) return false;
    return partsOf(this.#types.checker, this.#types.typeOf(node)).some(
      (part) => REQUEST_TYPES.has(part.getSymbol()?.name ?? '') && isInstalled(part.getSymbol()?.declarations),
    );
  }
}

function isRequestMember(path: readonly string[] | undefined): boolean {
  const last = path?.at(-1);
  return last !== undefined && REQUEST_MEMBERS.has(last);
}

/** Whether a type comes from an installed package. The program may have its own type named `Context`. */
function isInstalled(declarations: readonly { getSourceFile(): { readonly fileName: string } }[] | undefined): boolean {
  return declarations?.some((declaration) => declaration.getSourceFile().fileName.includes('/node_modules/')) === true;
}
