import { BSONRegExp } from 'mongodb';

import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { operatorsIn } from '../../values/op.ts';
import { payloadIn } from '../../values/trusted.ts';
import { isScalar } from '../../view/leaf-kind.ts';
import { emptyDocument, type Emitted } from '../emit.ts';
import type { FilterAccess, FilterRules } from './filter-rules.ts';
import { parseOperators } from './parse-operators.ts';
import { isPlainScalar } from './plain-value.ts';
import { isWholeId, type IdFields } from './whole-id.ts';
import { LOGICAL_OPERATORS } from '../../grammar/query-operators.ts';

const LOGICAL: ReadonlySet<string> = new Set(LOGICAL_OPERATORS);

/** Parses a filter and emits a new one. Refuses everything that the rules do not allow; nothing is left out silently. */
export function parseFilter(filter: InputCopy, rules: FilterRules, call: CallContext): Emitted {
  if (isInputObject(filter)) return new FilterParser(rules, call).parse(filter, '');
  if (payloadIn(filter) !== undefined)
    return call.refuse(
      'argument_invalid',
      'trusted() can only take the place of the whole filter of a call: put these conditions into `filter` of `options.trusted`.',
    );
  return call.refuse('argument_invalid', 'A filter must be an object; `{}` matches every document.');
}

/** Parses a filter over the subdocuments of an array, whose paths are below it. */
export function parseElementFilter(filter: InputObject, array: string, rules: FilterRules, call: CallContext): Emitted {
  return new FilterParser(rules, call).parse(filter, `${array}.`);
}

/** Parses one filter. `prefix` is the path of the surrounding `$elemMatch`, with a dot. */
class FilterParser {
  readonly #rules: FilterRules;
  readonly #call: CallContext;

  constructor(rules: FilterRules, call: CallContext) {
    this.#rules = rules;
    this.#call = call;
  }

  parse(filter: InputObject, prefix: string): Emitted {
    const emitted = emptyDocument();
    for (const key of Object.keys(filter)) {
      const value = filter[key];
      emitted[key] = key.startsWith('$') ? this.#logical(key, value, prefix) : this.#leaf(`${prefix}${key}`, value);
    }
    return emitted;
  }

  #logical(key: string, value: InputCopy, prefix: string): readonly Emitted[] {
    if (!LOGICAL.has(key)) {
      return this.#call.refuse(
        'filter_operator',
        `${quote(key)} is not allowed in a filter; use paths, $and, $or and $nor.`,
        key,
      );
    }
    const branches: readonly InputCopy[] = isInputArray(value) ? value : [];
    if (branches.length === 0 || !branches.every(isInputObject)) {
      return this.#call.refuse('filter_logical', `${key} must be a non-empty array of filters.`, key);
    }
    return branches.map((branch) => this.parse(branch, prefix));
  }

  #leaf(path: string, value: InputCopy): unknown {
    const access = this.#rules.accessTo(path);
    if (access === undefined) {
      return this.#call.refuse(
        'filter_path',
        `${quote(path)} is not filterable in this view: leave it out, or declare it filterable.`,
        path,
      );
    }
    const operators = operatorsIn(value) ?? this.#plainOperators(path, value);
    if (operators !== undefined) return this.#operators(path, operators, access);
    if (isWholeId(value, this.#idFieldsAt(path))) return value;
    if (access === 'shown branch' && value === null) return value;
    if (access === 'branch' || access === 'shown branch') {
      return this.#call.refuse(
        'filter_path',
        `${quote(path)} is a branch: name a leaf below it, or use op({ $elemMatch: … }).`,
        path,
      );
    }
    if (isScalar(value) && !(access === 'exact' && value instanceof BSONRegExp)) return value;
    if (access === 'any' && isPlainList(value) && this.#rules.mayBeArray(path)) return value;
    return this.#call.refuse('filter_value', `${quote(path)} must be compared with a scalar.`, path);
  }

  /** A plain operator object is accepted only if the view says so, because an injection looks the same. */
  #plainOperators(path: string, value: InputCopy): InputObject | undefined {
    if (!isInputObject(value) || !Object.keys(value).some((key) => key.startsWith('$'))) return undefined;
    if (this.#rules.operators === 'plain') return value;
    return this.#call.refuse(
      'filter_operator_untagged',
      `${quote(path)} has a plain operator object, which could come from an injected query string. If your program means it, write op({ … }).`,
      path,
    );
  }

  #operators(path: string, operators: InputObject, access: Exclude<FilterAccess, undefined>): Emitted {
    return parseOperators(operators, {
      path,
      access,
      call: this.#call,
      element: (filter) => this.#element(filter, path),
      idFields: this.#idFieldsAt(path),
    });
  }

  #idFieldsAt(path: string): IdFields {
    return path === '_id' ? this.#rules.idFields : undefined;
  }

  /** An `$elemMatch` over subdocuments contains a filter, with paths below the array. */
  #element(filter: InputObject, path: string): Emitted {
    return this.parse(filter, `${path}.`);
  }
}

/** An array (of arrays) of values that are compared as they are. */
function isPlainList(value: InputCopy): boolean {
  return isInputArray(value) && value.every((each) => isPlainScalar(each) || isPlainList(each));
}
