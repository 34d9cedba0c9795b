import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, listed, words } from '../../support/tables.ts';

/** Paths with positions in arrays of each form, and malformed ones. */
const PATHS = `
  cells cells.v cells.$.v cells.$[].v cells.$[].$[].v cells.$[].$.v cells.$.$[].v cells.$.$.v cells.$[].$[].$[].v cells.$[c].v cells.$[c].$[c].v cells.$[c].$[d].v cells.$[] cells.$[].$[] cells.$[c]
  rows rows.$.t rows.$[].t rows.$[r].t rows.$.cols.$.v rows.$.cols.$[].v rows.$[].cols.$.v rows.$[r].cols.$[c].v rows.$[r].cols.$[r].v rows.$[].cols.$[].tags rows.$[].cols.$[].tags.$[t] rows.$[].tags rows.$[].tags.$[]
  rows.cols.v rows.t rows.$[].cols rows.$[].cols.v rows.$[].in rows.$[].in.x rows.in.x rows.in rows.$[].in.$[].x rows.$[].t.$[] rows.$[].t.x rows.$[r] rows.$[] rows.$[].secret rows.$[].cols.$[]
  either either.v either.$[].v either.$.v either.$[e].v either.$[].$[].v flex flex.$[] flex.$ flex.$[].$[] deep deep.$[] deep.$[].$[] deep.$[].$[].$[] nums nums.$ nums.$[n] nums.$[].$[] grid grid.$ grid.$.$[] grid.$[].$[g]
  box box.a box.in box.in.x box.list box.list.$ box.list.$[] box.$[].a box.list.x box.c box.in.z known known.$ known.$.k known.$[].k known.$[k] known.$[k].more.$[m].m known.$[].more known.more known.$[].more.$[] nest nest.items nest.items.$[].x kept kept.known
  ref ref.x refs refs.$ refs.$[] refs.$[i] refs.$[].$[] lines lines.$.owner lines.$[].owner lines.$[l].owner lines.owner lines.$[].owner_id lines.$[] held held.by held.by_id same ref_id ref_ids ref_ids.$[] ref_ids.$
  free free.a free.list.$ free.list.$[] free.list.$[f].x free.$[].x free.$ in in.free in.free.x in.a m m.2024 m.2025 m.2024.$[] m.$[].2024 rows.0.t rows.$[].0 rows.0 cells.0.0.v cells.$[].0.v free.0.x free.x.0 title.0
  hidden hidden.$[] hidden.x shut shut.a shut.deep shut.deep.c shut.$[].a gone gone.x gone.$[].x gone.$.x secretList secretList.$[] secretList.$ half half.a half.s half.f part part.w part.f open open.x open.$[].x pf list.$[].f nothing nothing.$ _id _id.k
  $.x $[].x $[x] $ $[] rows.$[R].t rows.$[rR].t rows.$[r_].t rows.$[1r].t rows.$[r1].t rows.$[$].t rows.$x.t rows.$[.t rows.$r].t rows..$[].t rows.$[]. .rows.$[].t rows.$[].$t rows.$[].__proto__ rows.$$.t __proto__.$[].x x$ x$y.z $$[].x .$.x
`;

/** Operators, with an operand for them. */
const CHANGES = `
  $set 'x' | $unset '' | $set 1 | $push 'x' | $set { v: 'x' } | $inc 1 | $set ['x'] | $pull 'x' | $set [{ x: 1 }] | $push { k: 1 } | $addToSet 'x' | $set null | $pull { x: 1 } | $pullAll ['x'] | $setOnInsert 'x' | $pop 1 | $pull op({ $in: [1] }) | $max 1 | $currentDate true | $push op({ $each: [1], $slice: 1 }) | $set sealed(1) | $push [1]
`;

const IDENTIFIER = /\$\[(\w+)\](?:\.(\w+))?/g;

/** A condition for each identifier of a path. */
function filtersOf(path: string): string {
  const conditions = [...path.matchAll(IDENTIFIER)].map(([, name = '', below]) =>
    below === undefined ? [name, `{ ${name}: op({ $ne: 'q' }) }`] : [name, `{ '${name}.${below}': op({ $ne: 'q' }) }`],
  );
  return conditions.length === 0 ? '' : `arrayFilters: [${[...new Map(conditions as never).values()].join(', ')}]`;
}

/** A filter that names the array of `$`. */
function filterOf(path: string): string {
  const segments = path.split('.');
  const at = segments.indexOf('$');
  if (at <= 0) return `{ title: 't1' }`;
  const array = segments.slice(0, at).filter((segment) => !segment.startsWith('$'));
  return `{ '${array.join('.')}': op({ $exists: true }) }`;
}

const paths = words(PATHS);

const changes = listed(CHANGES).map((change) => {
  const [operator = '', ...operand] = change.split(' ');
  return [operator, operand.join(' ')] as const;
});

/** The first two changes at each path, and others by turns. */
const atPaths = paths.flatMap((path, number) =>
  changes
    .filter((_, index) => index < 2 || (index + number) % 8 === 0)
    .map(
      ([operator, operand]) =>
        `return await B.updateOne(${filterOf(path)}, { ${operator}: { '${path}': ${operand} } }, { ${filtersOf(path)} });`,
    ),
);

const trustedAtPaths = paths.flatMap((path, number) =>
  changes
    .filter((_, index) => index === 0 || (index + number) % 11 === 0)
    .map(([operator, operand]) => {
      const update = `{ ${operator}: { '${path}': ${operand} } }`;
      return number % 2 === 0
        ? `return await B.updateOne(${filterOf(path)}, trusted(${update}), { ${filtersOf(path)} });`
        : `return await B.updateMany(${filterOf(path)}, { $set: { n: 5 } }, { trusted: trusted({ update: ${update}, ${filtersOf(path)} }) });`;
    }),
);

export const POSITIONS: AnswerList = {
  name: 'positions',
  world: BENCH_WORLD,
  calls: distinct(
    atPaths,
    [
      `'rows.$[].t'.padEnd(513, 'x')`,
      `'title'.padEnd(512, 'x')`,
      `'title'.padEnd(513, 'x')`,
      `'free.'.padEnd(512, 'x')`,
      `'free.$[].'.padEnd(516, 'x')`,
    ].flatMap((path) => [
      `return await B.updateOne({ title: 't1' }, { $set: { [${path}]: 1 } });`,
      `return await B.updateOne({ title: 't1' }, trusted({ $set: { [${path}]: 1 } }));`,
    ]),
  ),
};

export const TRUSTED_POSITIONS: AnswerList = {
  name: 'trusted-positions',
  world: BENCH_WORLD,
  calls: distinct(trustedAtPaths),
};

/** Paths with `$`. */
const PLACED = words(
  `rows.$.t rows.$.cols.$[].v cells.$.$[].v nums.$ known.$.k lines.$.owner refs.$ free.list.$ either.$.v flex.$ box.list.$ hidden.$`,
);

/** Paths with `$` that only the program writes. */
const OWN_PLACED = words(`gone.$.x secret.$.x ref_ids.$ rows.$.secret rows.$.t list.$.s free.list.$.x open.$`);

const FILTERS = `
  { rows: op({ $exists: true }) } | { 'rows.t': 'end' } | { 'rows.cols.v': 1 } | { rows: op({ $elemMatch: { t: 'end' } }) } | { rows: op({ $elemMatch: { cols: op({ $elemMatch: { v: 1 } }) } }) } | { 'rows.t': 'end', n: 1 } | { 'rows.t': 'end', nums: 1 } | { $or: [{ 'rows.t': 'end' }, { 'rows.tags': 'x' }] } | { $and: [{ 'rows.t': 'end' }, { 'box.a': 1 }] }
  { 'rows.t': 'end', _id: ID } | { 'rows.t': 'end', 'in.free.x': 1 } | { 'rows.t': 'end', free: 1 } | { nums: 1 } | { nums: op({ $gt: 1 }), title: 't1' } | { nums: [1, 2, 1] } | { 'cells.v': 1 } | { cells: op({ $size: 2 }) } | { 'known.k': 1 } | { 'known.more.m': 1 } | { 'lines.owner': null } | { 'lines.text': 'l', 'lines.owner': null } | { refs: sealed(1) } | { refs: null, ref: null }
  { 'either.v': 1 } | { flex: 'one', nums: 1 } | { flex: 'one' } | { pf: 1, nums: 1 } | { 'half.f': 2, nums: 1 } | { 'm.2024': 1, nums: 1 } | trusted({ 'rows.secret': 's' }) | trusted({ nums: 1 }) | trusted({ 'secret.x': 1 }) | trusted({ 'free.list.x': 1 }) | trusted({ ref_ids: ID }) | trusted({ ref_ids: op({ $in: [ID] }), 'rows.t': 'end' }) | trusted({ 'gone.x': 1 }) | trusted({ 'gone.x': 1, n: 1 })
  { title: 't1' } | { 'held.by': null, nums: 1 } | { held: op({ $exists: true }), nums: 1 } | { same: sealed(3), nums: 1 } | { 'box.list': 1 } | { 'list.f': 1 } | { list: op({ $elemMatch: { f: 1 } }) } | trusted({ 'list.f': 1 }) | trusted({ place: op({ $near: { $geometry: { type: 'Point', coordinates: [1, 2] } } }), nums: 1 }) | { 'free.list': 1 } | { 'free.list.x': op({ $in: [1, 2] }) } | trusted({ 'hidden': 'h' }) | trusted({ 'open.x': 1 })
  { place: op({ $geoWithin: { $box: [[0, 49], [2, 51]] } }), nums: 1 } | trusted({ _id: { a: 1, 'b': { c: 1 } }, nums: 1 }) | { nums: op({ $not: op({ $gt: 5 }) }) } | { $nor: [{ nums: 77 }] } | { 'rows.in.x': 1 } | { rows: null } | { 'cells.w': 1, cells: op({ $exists: true }) }
`;

export const PLACED_ELEMENTS: AnswerList = {
  name: 'placed-elements',
  world: BENCH_WORLD,
  calls: distinct(
    listed(FILTERS).flatMap((filter, number) =>
      PLACED.filter((_, index) => index === 0 || (index + number) % 3 === 0).map(
        (path) => `return await B.updateOne(${filter}, { $set: { '${path}': null } });`,
      ),
    ),
    listed(FILTERS).flatMap((filter, number) =>
      OWN_PLACED.filter((_, index) => (index + number) % 3 === 0).map(
        (path) => `return await B.updateOne(${filter}, trusted({ $set: { '${path}': 5 } }));`,
      ),
    ),
    listed(FILTERS)
      .filter((filter) => filter.startsWith('trusted'))
      .flatMap((filter) =>
        ['nums.$', 'rows.$.t', 'refs.$'].flatMap((path) => [
          `return await B.updateOne({ ${path.split('.')[0]}: op({ $exists: true }) }, { $set: { '${path}': null } }, { trusted: trusted({ filter: ${filter.slice(8, -1)} }) });`,
          `return await B.updateOne({ title: 't1' }, { $set: { n: 7 } }, { trusted: trusted({ filter: ${filter.slice(8, -1)}, update: { $set: { '${path.replace('refs', 'ref_ids')}': null } } }) });`,
        ]),
      ),
    [
      `return await B.updateOne({ nums: 1 }, { $set: { 'nums.$': 7, 'rows.$.t': 'x' } });`,
      `return await B.updateOne({ 'rows.t': 'end' }, { $set: { 'rows.$.t': 'x' }, $unset: { 'rows.$.in.x': '' } });`,
      `return await B.updateOne({ 'rows.t': 'end' }, { $set: { 'rows.$.t': 'x', 'rows.$.cols.$[].v': 2 } });`,
      `return await B.updateOne({ 'rows.t': 'end' }, { $set: { 'rows.$.t': 'x', 'nums.$': 2 } }, { trusted: trusted({ update: { $set: { 'rows.$.secret': 1 } } }) });`,
      `return await B.bulkWrite([{ updateOne: { filter: { nums: 1 }, update: { $set: { 'rows.$.t': 'x' } } } }]);`,
      `return await B.bulkWrite([{ updateOne: { filter: { nums: 1 }, update: { $set: { 'nums.$': 'x' } } } }]);`,
      `return await B.initializeOrderedBulkOp().find({ nums: 1 }).update({ $inc: { 'nums.$': 5 } }).execute();`,
      `return await B.updateMany(everything, { $set: { 'nums.$': 1 } });`,
    ],
  ),
};
