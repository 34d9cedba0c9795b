import { BSONRegExp } from 'mongodb';

import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { isPlainObject, readKeys, readProperty } from '../../input/read.ts';
import { isInertObject, snapshot, type Inert, type InertObject } from '../../input/snapshot.ts';
import { operatorsIn } from '../../values/op.ts';
import { payloadIn } from '../../values/trusted.ts';
import { isScalar } from '../../view/leaf-kind.ts';
import { emptyDocument, type Emitted } from '../emit.ts';
import type { FilterAccess, FilterRules } from './filter-rules.ts';
import { parseOperators } from './parse-operators.ts';
import { LOGICAL_OPERATORS } from '../../grammar/query-operators.ts';

const LOGICAL: ReadonlySet<string> = new Set(LOGICAL_OPERATORS);

/** Parses a filter and emits a fresh one. Refuses whatever the rules do not name; nothing is left out silently. */
export function parseFilter(filter: unknown, rules: FilterRules, site: Site): Emitted {
  if (isPlainObject(filter)) return new FilterParser(rules, site).read(filter);
  if (payloadIn(filter) !== undefined)
    return site.refuse(
      'argument_invalid',
      'trusted() can only take the place of the whole filter of a call: put these conditions into `filter` of `options.trusted`.',
    );
  snapshot(filter, 'the filter', site);
  return site.refuse('argument_invalid', 'A filter must be an object; `{}` matches every document.');
}

/** Walks one filter. `prefix` is the path of the `$elemMatch` that the walk is in, with its dot. */
class FilterParser {
  readonly #rules: FilterRules;
  readonly #site: Site;

  constructor(rules: FilterRules, site: Site) {
    this.#rules = rules;
    this.#site = site;
  }

  /** The filter as it was written: each of its values is read, and copied, once. */
  read(filter: object): Emitted {
    const site = this.#site;
    const keys = readKeys(filter, 'the filter', site);
    return this.#emit(
      keys,
      (key) => snapshot(readProperty(filter, key, 'the filter', site), 'the filter', site, key),
      '',
    );
  }

  /** A filter within one that was read. */
  parse(filter: InertObject, prefix: string): Emitted {
    return this.#emit(Object.keys(filter), (key) => filter[key], prefix);
  }

  #emit(keys: readonly string[], valueAt: (key: string) => Inert, prefix: string): Emitted {
    if (!this.#rules.mayMatchAll && keys.length === 0) {
      return this.#site.refuse(
        'filter_empty',
        'An empty filter matches every document. If you mean that, pass `everything`.',
      );
    }
    const emitted = emptyDocument();
    for (const key of keys) {
      const value = valueAt(key);
      emitted[key] = key.startsWith('$') ? this.#logical(key, value, prefix) : this.#leaf(`${prefix}${key}`, value);
    }
    return emitted;
  }

  #logical(key: string, value: Inert, prefix: string): readonly Emitted[] {
    if (!LOGICAL.has(key)) {
      return this.#site.refuse(
        'filter_operator',
        `${quote(key)} is not allowed in a filter; use paths, $and, $or and $nor.`,
        key,
      );
    }
    if (!Array.isArray(value) || value.length === 0 || !value.every(isInertObject)) {
      return this.#site.refuse('filter_logical', `${key} must be a non-empty array of filters.`, key);
    }
    return value.map((branch) => this.parse(branch, prefix));
  }

  #leaf(path: string, value: Inert): unknown {
    const access = this.#rules.accessTo(path);
    if (access === undefined) {
      return this.#site.refuse(
        'filter_path',
        `${quote(path)} is not filterable in this view: leave it out, or declare it filterable.`,
        path,
      );
    }
    const operators = operatorsIn(value) ?? this.#plainOperators(path, value);
    if (operators !== undefined) return this.#operators(path, operators, access);
    if (access === 'branch') {
      return this.#site.refuse(
        'filter_path',
        `${quote(path)} is a branch: name a leaf below it, or use op({ $elemMatch: … }).`,
        path,
      );
    }
    if (isScalar(value) && !(access === 'exact' && value instanceof BSONRegExp)) return value;
    return this.#site.refuse('filter_value', `${quote(path)} must be compared with a scalar.`, path);
  }

  /** A plain operator object counts only where the view says so; elsewhere it is what an injection looks like. */
  #plainOperators(path: string, value: Inert): InertObject | undefined {
    if (!isInertObject(value) || !Object.keys(value).some((key) => key.startsWith('$'))) return undefined;
    if (this.#rules.operators === 'plain') return value;
    return this.#site.refuse(
      'filter_operator_untagged',
      `${quote(path)} has a plain operator object, which could come from an injected query string. If your program means it, write op({ … }).`,
      path,
    );
  }

  #operators(path: string, operators: InertObject, access: Exclude<FilterAccess, undefined>): Emitted {
    return parseOperators(operators, {
      path,
      access,
      site: this.#site,
      element: (filter) => this.#element(filter, path),
    });
  }

  /** An `$elemMatch` over subdocuments is a filter again, with its paths below the array's. */
  #element(filter: InertObject, path: string): Emitted {
    return this.parse(filter, `${path}.`);
  }
}
