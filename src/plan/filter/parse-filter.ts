import { BSONRegExp } from 'mongodb';

import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { operatorsIn } from '../../values/op.ts';
import { payloadIn } from '../../values/trusted.ts';
import { isScalar } from '../../view/leaf-kind.ts';
import { emptyDocument, type Emitted } from '../emit.ts';
import { parentOf } from '../../view/opaque-paths.ts';
import type { FilterAccess, FilteredId, FilterRules } from './filter-rules.ts';
import { openId } from './open-id.ts';
import { hasGeoOperator, hasNearOperator, parseGeo } from './parse-geo.ts';
import { parseOperators } from './parse-operators.ts';
import { parseText } from './parse-text.ts';
import { isPlainScalar } from './plain-value.ts';
import { noteSearch } from './searching.ts';
import { isWholeId, type IdFields } from './whole-id.ts';
import { GEO_OPERATORS } from '../../grammar/geo-operators.ts';
import { LOGICAL_OPERATORS } from '../../grammar/query-operators.ts';
import { MOST_PATHS } from '../../grammar/size-limits.ts';

const LOGICAL: ReadonlySet<string> = new Set(LOGICAL_OPERATORS);

/** Parses a filter and emits a new one. Refuses everything that the rules do not allow; nothing is left out silently. */
export function parseFilter(filter: InputCopy, rules: FilterRules, call: CallContext): Emitted {
  if (isInputObject(filter)) return new FilterParser(rules, call).parseWhole(filter);
  if (payloadIn(filter) !== undefined)
    return call.refuse(
      'argument_invalid',
      'trusted() can only take the place of the whole filter of a call: put these conditions into `filter` of `options.trusted`.',
    );
  return call.refuse('argument_invalid', 'A filter must be an object; `{}` matches every document.');
}

/** Parses a filter over the subdocuments of an array, whose paths are below it. */
export function parseElementFilter(filter: InputObject, array: string, rules: FilterRules, call: CallContext): Emitted {
  return new FilterParser(rules, call).parse(filter, { prefix: `${array}.`, isTop: false });
}

/** Where a filter is: the path of the surrounding `$elemMatch`, with a dot, and whether all of its conditions have to hold. */
interface FilterPlace {
  readonly prefix: string;
  readonly isTop: boolean;
}

const TOP: FilterPlace = Object.freeze({ prefix: '', isTop: true });

/** Parses one filter. */
class FilterParser {
  readonly #rules: FilterRules;
  readonly #call: CallContext;
  #hasNear = false;
  #hasText = false;

  constructor(rules: FilterRules, call: CallContext) {
    this.#rules = rules;
    this.#call = call;
  }

  /** Parses a filter that stands for itself, and notes a `$text` in it. */
  parseWhole(filter: InputObject): Emitted {
    const emitted = this.parse(filter, TOP);
    if (this.#hasText) noteSearch(emitted);
    return emitted;
  }

  parse(filter: InputObject, place: FilterPlace): Emitted {
    const emitted = emptyDocument();
    const { opaqueAt } = this.#rules;
    const keys = Object.keys(filter);
    if (keys.length > MOST_PATHS) this.#refuseMany();
    for (const key of keys) {
      const value = filter[key];
      const path = `${place.prefix}${key}`;
      const id = opaqueAt?.(path);
      const sent = id === undefined ? key : `${parentOf(key)}${id.storedKey}`;
      if (Object.hasOwn(emitted, sent)) this.#refuseTwice(path);
      if (key.startsWith('$')) emitted[key] = this.#logical(key, value, place);
      else emitted[sent] = id === undefined ? this.#leaf(path, value, place) : this.#opaque(path, value, id);
    }
    return emitted;
  }

  #logical(key: string, value: InputCopy, place: FilterPlace): readonly Emitted[] | Emitted {
    if (key === '$text' && this.#rules.mayText === true) return this.#text(value, place);
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
    const inner = key === '$and' ? place : { ...place, isTop: false };
    return branches.map((branch) => this.parse(branch, inner));
  }

  /** The server takes one `$text`, whose condition has to hold for every document. */
  #text(value: InputCopy, { isTop }: FilterPlace): Emitted {
    if (!isTop || this.#hasText)
      return this.#call.refuse(
        'filter_operator',
        'A filter takes one $text, and not in $or, $nor or $elemMatch.',
        '$text',
      );
    this.#hasText = true;
    return parseText(value, this.#call);
  }

  /** An opaque id is compared by its sealed text, with operators that ask for equality. */
  #opaque(path: string, value: InputCopy, id: FilteredId): unknown {
    const access = this.#rules.accessTo(path);
    if (access !== 'any') return this.#refusePath(path);
    const operators = operatorsIn(value) ?? this.#plainOperators(path, value);
    if (operators !== undefined) return this.#operators(path, operators, access, id);
    return openId(value, id, path, this.#call);
  }

  /** Only paths below a subtree can be so many. They would be copied into an object several times their size. */
  #refuseMany(): never {
    return this.#call.refuse(
      'filter_size',
      `A filter names at most ${MOST_PATHS.toLocaleString('en')} paths in one object: use fewer.`,
    );
  }

  /** The opaque id and the stored one are the same field of the command, so one of two conditions would be lost. */
  #refuseTwice(path: string): never {
    return this.#call.refuse(
      'filter_value',
      `The filter compares the id at ${quote(path)} twice: by its public path and as it is stored. Write both conditions in $and.`,
      path,
    );
  }

  #refusePath(path: string): never {
    return this.#call.refuse(
      'filter_path',
      `${quote(path)} is not filterable in this view: leave it out, or declare it filterable.`,
      path,
    );
  }

  #leaf(path: string, value: InputCopy, place: FilterPlace): unknown {
    const access = this.#rules.accessTo(path);
    const isLocation = place.prefix === '' && this.#rules.isLocation?.(path) === true;
    if (access === undefined && !isLocation) return this.#refusePath(path);
    const operators = operatorsIn(value) ?? this.#plainOperators(path, value);
    if (operators !== undefined && hasGeoOperator(operators)) return this.#geo(path, operators, isLocation, place);
    if (access === undefined)
      return this.#call.refuse(
        'filter_path',
        `${quote(path)} is not filterable in this view: as a location, it only takes ${GEO_OPERATORS.join(', ')}.`,
        path,
      );
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

  /** A geo operator. The server sorts by one `$near`, whose condition has to hold for every document. */
  #geo(path: string, operators: InputObject, isLocation: boolean, { isTop }: FilterPlace): Emitted {
    if (!isLocation)
      return this.#call.refuse(
        'filter_operator',
        `${quote(path)} takes no geo operator here: they are allowed at paths in \`geo\` of the view, and not in $elemMatch, $pull or arrayFilters.`,
        path,
      );
    const emitted = parseGeo(operators, path, this.#call);
    if (!hasNearOperator(emitted)) return emitted;
    if (!isTop || this.#hasNear)
      return this.#call.refuse(
        'filter_operator',
        `A filter takes one $near or $nearSphere, and not in $or or $nor (at ${quote(path)}). Use $geoWithin with $centerSphere.`,
        path,
      );
    this.#hasNear = true;
    return emitted;
  }

  #operators(
    path: string,
    operators: InputObject,
    access: Exclude<FilterAccess, undefined>,
    opaque?: FilteredId,
  ): Emitted {
    return parseOperators(operators, {
      path,
      access,
      opaque,
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
    return this.parse(filter, { prefix: `${path}.`, isTop: false });
  }
}

/** An array (of arrays) of values that are compared as they are. */
function isPlainList(value: InputCopy): boolean {
  return isInputArray(value) && value.every((each) => isPlainScalar(each) || isPlainList(each));
}
