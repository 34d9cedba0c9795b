import { importedName } from '../ast/imported-name.ts';
import { type Node, propertyName, withoutTypes } from '../ast/nodes.ts';
import type { SourceCode } from '../rule.ts';
import { isDeclaredIn } from '../types/package-of.ts';
import type { TypeInformation } from '../types/type-information.ts';
import type { Call } from './calls.ts';

const PACKAGE = 'safe-collection';

export type Mark = 'trusted' | 'op';

/** The values that a call gives to `trusted()` or `op()`. */
export interface MarkCall {
  readonly mark: Mark;
  readonly values: readonly Node[];
}

/** Recognises `trusted` and `op`: by imports, and with types also by their declarations. */
export class Marks {
  readonly #code: SourceCode;
  readonly #types: TypeInformation | undefined;

  constructor(code: SourceCode, types: TypeInformation | undefined) {
    this.#code = code;
    this.#types = types;
  }

  of(node: Node): Mark | undefined {
    const name = importedName(this.#code, node, PACKAGE) ?? this.#declaredName(node);
    return name === 'trusted' || name === 'op' ? name : undefined;
  }

  /** `trusted(value)`, and through `call()`, `apply()`, `Reflect.apply()` or as the callback of a list. */
  calledBy(call: Call): MarkCall | undefined {
    const callee = withoutTypes(call.callee);
    const mark = this.of(callee);
    if (mark !== undefined) return { mark, values: call.arguments };
    if (callee.type !== 'MemberExpression') return undefined;
    const method = propertyName(this.#code, callee);
    const [first, ...rest] = call.arguments;
    const bound = method === 'call' || method === 'apply' ? this.of(callee.object) : undefined;
    if (bound !== undefined) return { mark: bound, values: rest };
    const passed = first === undefined || first.type === 'SpreadElement' ? undefined : this.of(first);
    if (passed === undefined) return undefined;
    return { mark: passed, values: method === 'apply' ? rest.slice(1) : [callee.object] };
  }

  #declaredName(node: Node): string | undefined {
    if (this.#types === undefined || (node.type !== 'Identifier' && node.type !== 'MemberExpression')) return undefined;
    const symbol = this.#types.typeOf(node).getSymbol();
    return isDeclaredIn(PACKAGE, symbol?.declarations) ? symbol?.name : undefined;
  }
}
