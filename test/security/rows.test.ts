import { describe, expect, it } from 'vitest';
import { SafeCollection } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { METHOD_OPTIONS, type MethodName } from '../../src/grammar/method-options.ts';
import { QUERY_OPERATORS } from '../../src/grammar/query-operators.ts';
import { STAGE_METHODS } from '../../src/grammar/stages.ts';
import { UPDATE_OPERATORS } from '../../src/grammar/update-operators.ts';
import { BULK_OPERATION, FIND_OPERATORS } from '../surface/manifest/bulk.ts';
import { COLLECTION } from '../surface/manifest/collection.ts';
import { AGGREGATION_CURSOR, FIND_CURSOR } from '../surface/manifest/cursors.ts';
import { memberNames } from '../surface/real-surface.ts';
import { methodsOfCollection } from '../support/methods.ts';
import { CALLERS, type Part } from './support/callers.ts';
import { cellsOf, ROWS } from './support/cells.ts';
import { FORMS } from './support/forms.ts';
import { KINDS } from './support/kinds.ts';
import { unusedRows } from './support/rules.ts';

/*
 * No method, option, stage or operator may be the one that the matrix forgot.
 */

const sources = ROWS.flatMap(({ form, caller }) => KINDS.map((kind) => caller.source(form.write(kind))));
const text = [...new Set(sources)].join('\n');

/** They bind a collection and take no path. */
const BINDING = ['scoped', 'forAudience'];

/** Members that take no path, with what holds for them elsewhere. */
const PATHLESS = new Set([
  'length',
  'collation',
  'execute',
  'close',
  'limit',
  'skip',
  'batchSize',
  'Symbol.asyncIterator',
  'Symbol.asyncDispose',
]);

describe('the matrix', () => {
  it('has a caller for each method of the manifest', () => {
    const methods = CALLERS.filter(({ kind }) => kind !== 'privileged').map(({ method }) => method);
    const listed = [...COLLECTION.wrapped, ...COLLECTION.own].filter((name) => !BINDING.includes(name));
    expect([...new Set(methods)].toSorted()).toEqual(listed.toSorted());
    expect(methodsOfCollection().toSorted()).toEqual(listed.toSorted());
    expect(memberNames(SafeCollection.prototype)).toEqual(expect.arrayContaining(BINDING));
  });

  it('has a caller for each privileged read', () => {
    const methods = CALLERS.filter(({ kind }) => kind === 'privileged').map(({ method }) => method);
    const members = memberNames(PrivilegedCollection.prototype).filter((name) => name !== 'scoped');
    expect([...new Set(methods)].toSorted()).toEqual([...new Set(members)].toSorted());
  });

  it.each([
    ['cursors of find', FIND_CURSOR],
    ['cursors of aggregate', AGGREGATION_CURSOR],
    ['bulks', BULK_OPERATION],
    ['the find() of bulks', FIND_OPERATORS],
  ])('calls each member of %s', (_name, { wrapped, own }) => {
    const members = [...wrapped, ...own].filter((name) => !PATHLESS.has(name));
    expect(members.filter((name) => !text.includes(`.${name}(`))).toEqual([]);
  });

  it('passes each option that names paths, to each method that takes it', () => {
    const parts: readonly Part[] = ['projection', 'sort', 'arrayFilters', 'upsert', 'populate'];
    const missing = (Object.keys(METHOD_OPTIONS) as MethodName[]).flatMap((method) => {
      const options: readonly string[] = METHOD_OPTIONS[method];
      const callers = CALLERS.filter((caller) => caller.method === method);
      return parts
        .filter((part) => options.includes(part) && !callers.some(({ takes }) => takes.includes(part)))
        .map((part) => `${method}: ${part}`);
    });
    expect(missing).toEqual([]);
  });

  it('uses each stage that names a path', () => {
    const pathless = new Set(['$limit', '$skip', '$sample', '$count']);
    const stages = Object.values(STAGE_METHODS).filter((name) => !pathless.has(name));
    expect(stages.filter((name) => !text.includes(`{ ${name}:`))).toEqual([]);
  });

  it('uses each update operator', () => {
    expect(UPDATE_OPERATORS.filter((name) => !text.includes(`{ ${name}: { '`))).toEqual([]);
  });

  it('uses each query operator, or one that reads the same', () => {
    /** `$options` has no path; each of the others is like the one in the matrix. */
    const alike: Readonly<Record<string, string>> = {
      $options: '$regex',
      $ne: '$nin',
      $gte: '$gt',
      $lt: '$gt',
      $lte: '$gt',
      $all: '$in',
      $mod: '$gt',
      $bitsAllSet: '$gt',
      $bitsAnySet: '$gt',
      $bitsAllClear: '$gt',
      $bitsAnyClear: '$gt',
    };
    expect(QUERY_OPERATORS.filter((name) => !text.includes(`${alike[name] ?? name}: `))).toEqual([]);
  });

  it('has a rule for each cell, and no rule without a cell', () => {
    expect(ROWS.flatMap(cellsOf).length).toBeGreaterThan(20_000);
    expect(unusedRows()).toEqual([]);
  });

  it('has a form for each place', () => {
    expect(new Set(FORMS.map(({ place }) => place)).size).toBe(14);
  });
});
