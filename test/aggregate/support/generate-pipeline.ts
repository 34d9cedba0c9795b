import { ObjectId } from 'mongodb';
import { op } from 'safe-collection';

import { accumulatorSamples, operatorSamples, windowSamples, type Parts } from './operator-samples.ts';

/** Picks for a generator: the same picks make the same pipeline. */
export interface Dice {
  /** An integer from 0 up to, and without, `n`. */
  roll(n: number): number;
}

/** The documents at one point: paths of leaves by their type, branches, and arrays of documents. */
export interface Known {
  readonly text: readonly string[];
  readonly number: readonly string[];
  readonly date: readonly string[];
  readonly id: readonly string[];
  readonly list: readonly string[];
  readonly branch: readonly string[];
  /** Arrays of documents, by path, with what is known of their elements. */
  readonly documents: ReadonlyMap<string, Known>;
}

const NOTHING: Known = { text: [], number: [], date: [], id: [], list: [], branch: [], documents: new Map() };

/** The public fields of the two collections. */
export const VIEWS: Readonly<Record<'users' | 'orders', Known>> = {
  users: {
    ...NOTHING,
    text: ['username', 'email', 'profile.bio', 'profile.avatar'],
    number: ['age'],
    date: ['joined_at'],
    branch: ['profile'],
    documents: new Map([['addresses', { ...NOTHING, text: ['city'] }]]),
  },
  orders: {
    ...NOTHING,
    text: ['product', 'note', 'ship.city', 'ship.zip'],
    number: ['quantity', 'price'],
    date: ['order_date'],
    id: ['user_id'],
    list: ['tags'],
    branch: ['ship'],
    documents: new Map([['items', { ...NOTHING, text: ['sku'], number: ['n'] }]]),
  },
};

/** The fields that differ between the worlds; a pipeline that names one is refused. */
const PRIVATE = [
  'password_hash',
  'api_key',
  'internal_role',
  'profile.ssn',
  'addresses.street',
  'cost_center',
  'internal_notes',
  'margin',
  'ship.driver',
  'items.cost',
  '_id',
];

/** Two sorts in a row are one to the server: the second. Nothing is cut off by this one. */
const KEEP_ORDER = { $limit: 1000 };

/** Names that operators and stages use for their operands. */
const OPERANDS = [
  'as',
  'sortBy',
  'input',
  'in',
  'vars',
  'output',
  'from',
  'path',
  'cond',
  'default',
  'localField',
  'pipeline',
  'groupBy',
  'window',
  'initialValue',
];

type Stage = Readonly<Record<string, unknown>>;
type Step = readonly [stage: Stage | readonly Stage[], known: Known];

/** Makes pipelines of every stage and nesting, nearly all of which the guard accepts. */
export class PipelineMaker {
  readonly #dice: Dice;
  #names = 0;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** A whole pipeline: some stages for the head, some below the view, and those that say what comes out. */
  pipeline(collection: 'users' | 'orders'): readonly Stage[] {
    const [stages, known] = this.stages(VIEWS[collection], collection, 0, true);
    return [...stages, ...this.#ending(known)];
  }

  #ending(known: Known): readonly Stage[] {
    const name = this.#name();
    const [made] = this.#accumulator(known);
    const bySort = [{ $sort: { _id: 1 } }, KEEP_ORDER];
    switch (this.#dice.roll(12)) {
      case 0:
        return [{ $group: { _id: this.#text(known, 1), [name]: made } }, ...bySort];
      case 1:
        return [{ $sortByCount: this.#text(known, 1) }, { $sort: { count: -1, _id: 1 } }, KEEP_ORDER];
      case 2:
        return [{ $count: name }, { $sample: { size: 1 } }];
      case 3:
        return [
          {
            $bucket: {
              groupBy: this.#number(known, 1),
              boundaries: [0, 3, 6],
              default: 'other',
              output: { [name]: made },
            },
          },
          { $skip: this.#dice.roll(2) },
        ];
      case 4:
        return [{ $bucketAuto: { groupBy: this.#orNumber(known), buckets: 2 } }];
      case 5:
        return [
          {
            $facet: {
              [name]: [{ $count: 'n' }],
              other: [{ $project: this.#inclusion(known) }, { $limit: 2 }],
              groups: [{ $group: { _id: null, [name]: made } }],
            },
          },
        ];
      case 6:
        return [{ $project: this.#inclusion(known) }, { $limit: 1 + this.#dice.roll(4) }];
      default:
        return [{ $project: this.#inclusion(known) }];
    }
  }

  stages(
    start: Known,
    collection: 'users' | 'orders',
    depth: number,
    isFirst: boolean,
  ): readonly [readonly Stage[], Known] {
    const stages: Stage[] = [];
    let known = start;
    for (let left = isFirst ? this.#dice.roll(4) : 0; left > 0; left -= 1)
      stages.push(this.#headStage(known, collection));
    for (let left = this.#dice.roll(depth === 0 ? 5 : 3); left > 0; left -= 1) {
      const [made, next] = this.#bodyStage(known, depth, stages.length === 0 && isFirst ? collection : undefined);
      stages.push(...[made].flat());
      known = next;
    }
    return [stages, known];
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#dice.roll(from.length)] as T;
  }

  /** Some fields are called like the operands of operators and stages, which has to mean nothing. */
  #name(): string {
    this.#names += 1;
    const operand = this.#dice.roll(3) === 0 ? OPERANDS[this.#names] : undefined;
    return operand ?? `f${this.#names}`;
  }

  #headStage(known: Known, collection: 'users' | 'orders'): Stage {
    const kind = this.#dice.roll(5);
    if (kind === 0) return { $limit: 1 + this.#dice.roll(9) };
    if (kind === 1) return { $skip: this.#dice.roll(4) };
    if (kind === 2) return { $sort: this.#sort(known) };
    if (kind === 3) {
      const prefix = collection === 'users' ? '64' : '65';
      const ids = [0, 1, 2, 5].map((n) => new ObjectId(`${prefix}${n.toString(16).padStart(22, '0')}`));
      return { $match: { _id: op({ $in: ids.slice(this.#dice.roll(4)) }) } };
    }
    return { $match: this.#filter(known, 2) };
  }

  #sort(known: Known): Record<string, 1 | -1> {
    const leaves = [...known.text, ...known.number, ...known.date];
    if (leaves.length === 0) return { nowhere: 1 };
    return {
      [this.#pick(leaves)]: this.#pick([1, -1]),
      ...(this.#dice.roll(2) === 0 ? {} : { [this.#pick(leaves)]: 1 }),
    };
  }

  #filter(known: Known, depth: number): Record<string, unknown> {
    const kind = this.#dice.roll(8);
    if (kind === 0 && depth > 0)
      return {
        [this.#pick(['$and', '$or', '$nor'])]: [this.#filter(known, depth - 1), this.#filter(known, depth - 1)],
      };
    if (kind === 1 && known.documents.size > 0) {
      const [path, element] = this.#pick([...known.documents]);
      const [leaf] = [...element.number, ...element.text];
      if (leaf !== undefined) return { [path]: op({ $elemMatch: { [leaf]: op({ $ne: null }) } } as never) };
    }
    if (kind < 4 && known.number.length > 0)
      return { [this.#pick(known.number)]: op({ [this.#pick(['$gt', '$lte', '$ne'])]: this.#dice.roll(6) } as never) };
    if (known.text.length > 0) {
      return {
        [this.#pick(known.text)]: this.#pick<unknown>([
          'tea',
          op({ $regex: 'e' }),
          op({ $exists: true }),
          op({ $type: 'string' }),
          op({ $in: ['tea', 'Oslo', null] }),
          op({ $gte: 'b' }),
        ]),
      };
    }
    return this.#dice.roll(20) === 0 ? { [this.#pick(PRIVATE)]: 'x' } : {};
  }

  #path(paths: readonly string[]): string {
    if (this.#dice.roll(200) === 0) return `$${this.#pick(PRIVATE)}`;
    return paths.length === 0 ? '$$ROOT' : `$${this.#pick(paths)}`;
  }

  #number(known: Known, depth: number): unknown {
    const kind = depth === 0 ? this.#dice.roll(3) : this.#dice.roll(12);
    const inner = (): unknown => this.#number(known, depth - 1);
    if (kind < 2 && known.number.length > 0) return this.#path(known.number);
    if (kind < 3) return { $literal: this.#dice.roll(9) };
    if (kind === 3) return { [this.#pick(['$add', '$multiply', '$subtract'])]: [inner(), inner()] };
    if (kind === 4) return { $strLenCP: this.#text(known, depth - 1) };
    if (kind === 5 && known.date.length > 0)
      return { [this.#pick(['$month', '$year', '$dayOfWeek', '$hour'])]: this.#path(known.date) };
    if (kind === 6 && known.list.length > 0) return { $size: { $ifNull: [this.#path(known.list), []] } };
    if (kind === 7) return { $cond: [this.#test(known, depth - 1), inner(), inner()] };
    if (kind === 8 && known.documents.size > 0) {
      const [path, element] = this.#pick([...known.documents]);
      const [leaf] = element.number;
      const each = leaf === undefined ? 1 : `$$this.${leaf}`;
      return {
        $reduce: {
          input: { $ifNull: [`$${path}`, []] },
          initialValue: 0,
          in: { $add: ['$$value', { $ifNull: [each, 0] }] },
        },
      };
    }
    if (kind === 9) return { [this.#pick(['$max', '$min', '$sum', '$avg'])]: [inner(), inner()] };
    if (kind === 10) {
      const variable = this.#pick(['v', 'sortBy', 'input', 'vars']);
      return { $let: { vars: { [variable]: inner() }, in: { $abs: `$$${variable}` } } };
    }
    return { $switch: { branches: [{ case: this.#test(known, depth - 1), then: inner() }], default: inner() } };
  }

  /** A number in any case: `null` and a missing value are equal in a sort, so groups by them come in either order. */
  #orNumber(known: Known): unknown {
    return { $ifNull: [this.#number(known, 1), -1] };
  }

  #text(known: Known, depth: number): unknown {
    const kind = depth <= 0 ? this.#dice.roll(2) : this.#dice.roll(8);
    const inner = (): unknown => this.#text(known, depth - 1);
    if (kind === 0 && known.text.length > 0) return { $ifNull: [this.#path(known.text), ''] };
    if (kind <= 1) return 'tea';
    if (kind === 2) return { [this.#pick(['$toUpper', '$toLower'])]: inner() };
    if (kind === 3) return { $concat: [inner(), inner()] };
    if (kind === 4) return { $substrCP: [inner(), 0, 1 + this.#dice.roll(3)] };
    if (kind === 5 && known.date.length > 0)
      return { $dateToString: { date: this.#path(known.date), format: '%Y-%m', onNull: '-' } };
    if (kind === 6) return { $trim: { input: inner() } };
    return { $cond: { if: this.#test(known, depth - 1), then: inner(), else: inner() } };
  }

  #test(known: Known, depth: number): unknown {
    const kind = this.#dice.roll(5);
    if (kind === 0) return { $gt: [this.#number(known, 0), this.#number(known, Math.max(depth, 0))] };
    if (kind === 1) return { $eq: [this.#text(known, 0), this.#text(known, Math.max(depth, 0))] };
    if (kind === 2 && known.list.length > 0) return { $in: ['hot', { $ifNull: [this.#path(known.list), []] }] };
    if (kind === 3) return { $regexMatch: { input: this.#text(known, 0), regex: 'e' } };
    return { $not: [{ $eq: [{ $type: '$$ROOT' }, 'missing'] }] };
  }

  #any(known: Known): unknown {
    const kind = this.#dice.roll(12);
    if (kind > 8) return this.#pick([...operatorSamples(this.#parts(known)).values()]);
    if (kind === 0 && known.branch.length > 0) return this.#path(known.branch);
    if (kind === 1 && known.documents.size > 0) return this.#path([...known.documents.keys()]);
    if (kind === 2) return '$$ROOT';
    if (kind === 3) return { a: this.#number(known, 1), b: this.#text(known, 1) };
    if (kind === 4 && known.list.length > 0)
      return {
        $map: { input: { $ifNull: [this.#path(known.list), []] }, as: 'each', in: { $concat: ['$$each', '!'] } },
      };
    if (kind === 5 && known.documents.size > 0)
      return {
        $filter: {
          input: { $ifNull: [`$${this.#pick([...known.documents.keys()])}`, []] },
          cond: this.#test(known, 1),
        },
      };
    if (kind === 6 && known.branch.length > 0) return { $objectToArray: `$${this.#pick(known.branch)}` };
    if (kind === 7) return { $mergeObjects: ['$$ROOT', { c: this.#number(known, 1) }] };
    return this.#path([...known.text, ...known.number, ...known.date, ...known.list, ...known.id]);
  }

  /** Public values that are there for certain. */
  #parts(known: Known): Parts {
    return {
      text: this.#text(known, 0),
      number:
        known.number.length > 0
          ? { $ifNull: [{ $convert: { input: this.#path(known.number), to: 'double', onError: 4, onNull: 4 } }, 4] }
          : 3,
      date:
        known.date.length > 0 ? { $ifNull: [this.#path(known.date), new Date(0)] } : { $literal: new Date(86_400_000) },
      list: known.list.length > 0 ? { $ifNull: [this.#path(known.list), []] } : ['b', 'a'],
      document: { a: this.#text(known, 0), ...(known.branch.length > 0 ? { b: this.#path(known.branch) } : {}) },
    };
  }

  #accumulator(known: Known): readonly [written: unknown, kind: 'number' | 'any'] {
    const kind = this.#dice.roll(11);
    if (kind > 7) return [this.#pick([...accumulatorSamples(this.#parts(known), this.#sort(known)).values()]), 'any'];
    if (kind < 3) return [{ [this.#pick(['$sum', '$avg', '$stdDevPop'])]: this.#number(known, 1) }, 'number'];
    if (kind === 3) return [{ $count: {} }, 'number'];
    if (kind === 7) return [{ $maxN: { input: this.#number(known, 1), n: 2 } }, 'any'];
    if (kind === 4) return [{ $top: { sortBy: this.#sort(known), output: this.#any(known) } }, 'any'];
    if (kind === 5) return [{ $firstN: { input: this.#any(known), n: 2 } }, 'any'];
    return [{ [this.#pick(['$push', '$first', '$last', '$max', '$min'])]: this.#any(known) }, 'any'];
  }

  #bodyStage(known: Known, depth: number, head: 'users' | 'orders' | undefined): Step {
    const name = this.#name();
    const kind = this.#dice.roll(23);
    switch (kind) {
      case 0:
        return [
          this.#pick<Stage>([
            { $match: this.#filter(known, 2) },
            { $match: { $expr: this.#test(known, 1) } },
            {
              $match: { ...this.#filter(known, 1), $expr: { $lte: [this.#number(known, 1), this.#number(known, 0)] } },
            },
          ]),
          known,
        ];
      case 1:
        return [{ $sort: this.#sort(known) }, known];
      case 2:
        return [this.#pick([{ $limit: 5 }, { $skip: 1 }]), known];
      case 3:
        return [
          { [this.#pick(['$addFields', '$set'])]: { [name]: this.#number(known, 2) } },
          { ...known, number: [...known.number, name] },
        ];
      case 4:
        return [{ $addFields: { [name]: this.#text(known, 2) } }, { ...known, text: [...known.text, name] }];
      case 5:
        return [{ $addFields: { [name]: this.#any(known) } }, known];
      case 6: {
        const [made, type] = this.#accumulator(known);
        const group = { _id: this.#text(known, 1), [name]: made };
        // The server returns groups in an order that differs each time.
        return [
          [{ $group: group }, { $sort: { _id: 1 } }, KEEP_ORDER],
          { ...NOTHING, text: ['_id'], number: type === 'number' ? [name] : [] },
        ];
      }
      case 7:
        return [
          [
            {
              $group: {
                _id: { a: this.#text(known, 1), b: this.#orNumber(known) },
                [name]: { $sum: this.#number(known, 1) },
              },
            },
            { $sort: { '_id.a': 1, '_id.b': 1 } },
            KEEP_ORDER,
          ],
          { ...NOTHING, text: ['_id.a'], number: [name, '_id.b'] },
        ];
      case 8: {
        const [path, element] = this.#pick([...known.documents, ['', NOTHING] as const]);
        if (path === '')
          return [
            [{ $sortByCount: this.#text(known, 1) }, { $sort: { count: -1, _id: 1 } }, KEEP_ORDER],
            { ...NOTHING, text: ['_id'], number: ['count'] },
          ];
        const below = (paths: readonly string[]): string[] => paths.map((each) => `${path}.${each}`);
        const documents = new Map(known.documents);
        documents.delete(path);
        return [
          { $unwind: { path: `$${path}`, preserveNullAndEmptyArrays: this.#dice.roll(2) === 0 } },
          {
            ...known,
            text: [...known.text, ...below(element.text)],
            number: [...known.number, ...below(element.number)],
            documents,
          },
        ];
      }
      case 9:
        return [{ $count: name }, { ...NOTHING, number: [name] }];
      case 10:
        return [
          {
            $bucket: {
              groupBy: this.#number(known, 1),
              boundaries: [0, 3, 6],
              default: 'other',
              output: { [name]: this.#accumulator(known)[0] },
            },
          },
          { ...NOTHING, text: ['_id'] },
        ];
      case 11:
        return [
          { $bucketAuto: { groupBy: this.#orNumber(known), buckets: 3 } },
          { ...NOTHING, number: ['_id.min', '_id.max', 'count'] },
        ];
      case 12: {
        if (depth > 0) return [{ $limit: 7 }, known];
        const [stages] = this.stages(known, 'orders', depth + 1, false);
        return [
          { $facet: { [name]: [...stages, { $limit: 20 }], other: [{ $count: 'n' }] } },
          {
            ...NOTHING,
            documents: new Map([
              [name, NOTHING],
              ['other', { ...NOTHING, number: ['n'] }],
            ]),
          },
        ];
      }
      case 13:
        return [
          this.#pick([
            { $replaceRoot: { newRoot: { [name]: this.#number(known, 2) } } },
            { $replaceWith: { [name]: this.#number(known, 2) } },
          ]),
          { ...NOTHING, number: [name] },
        ];
      case 14:
        return [
          {
            $setWindowFields: {
              partitionBy: this.#text(known, 1),
              sortBy: this.#sort(known),
              output: {
                [name]: this.#pick<object>([
                  { $sum: this.#number(known, 1), window: { documents: [-1, 'current'] } },
                  { $rank: {} },
                  { $documentNumber: {} },
                  { $shift: { output: this.#number(known, 0), by: 1 } },
                ]),
              },
            },
          },
          { ...known, number: [...known.number, name] },
        ];
      case 15: {
        const all = [...known.text, ...known.number, ...known.list];
        if (all.length < 2) return [{ $limit: 3 }, known];
        const gone = this.#pick(all);
        const without = (paths: readonly string[]): string[] => paths.filter((path) => path !== gone);
        return [
          this.#pick([{ $unset: gone }, { $project: { [gone]: 0 } }]),
          { ...known, text: without(known.text), number: without(known.number), list: without(known.list) },
        ];
      }
      case 16:
        return [{ $project: this.#inclusion(known, name) }, { ...NOTHING, number: [name] }];
      case 17: {
        const [path] = known.date;
        if (path === undefined) return [{ $limit: 9 }, known];
        const output = { [name]: this.#pick([...windowSamples(this.#parts(known)).values()]) };
        return [{ $setWindowFields: { sortBy: { [path]: 1 }, output } }, known];
      }
      case 18:
        return [
          this.#pick<Stage>([
            { $unset: ['nothing', '_id'] },
            { $addFields: { [name]: this.#any(known) } },
            { $set: { [name]: { $cond: [this.#test(known, 1), this.#any(known), '$$REMOVE'] } } },
          ]),
          known,
        ];
      case 19:
        // A sample is at random, so only its size is looked at.
        return [
          { $facet: { [name]: [{ $sample: { size: 3 } }, { $count: 'n' }] } },
          { ...NOTHING, documents: new Map([[name, { ...NOTHING, number: ['n'] }]]) },
        ];
      case 20: {
        // A branch that is there, an array or not, or a new one.
        const at = this.#pick([...known.branch, ...known.documents.keys(), name]);
        const inside = { [name]: this.#text(known, 1), deep: { [name]: this.#any(known) } };
        return [{ [this.#pick(['$addFields', '$set'])]: { [at]: inside } }, known];
      }
      case 21: {
        const [at] = [...known.documents];
        if (at === undefined) return [{ $skip: 0 }, known];
        const [leaf] = [...at[1].text, ...at[1].number];
        if (leaf === undefined || leaf.includes('.')) return [{ $limit: 8 }, known];
        const inside = { [leaf]: 1, ...(this.#dice.roll(2) === 0 ? {} : { [name]: this.#any(known) }) };
        return [
          { $project: { [at[0]]: inside, [`${name}n`]: this.#number(known, 1) } },
          { ...NOTHING, number: [`${name}n`] },
        ];
      }
      default:
        return this.#lookup(known, depth, name, head);
    }
  }

  #lookup(known: Known, depth: number, as: string, head: 'users' | 'orders' | undefined): Step {
    const [from, foreignField] = this.#pick([
      ['orders', 'user_id'],
      ['users', '_id'],
      ['users', 'email'],
      ['orders', 'product'],
    ] as const);
    const local =
      foreignField === 'user_id' || foreignField === '_id'
        ? [...known.id, ...(head === undefined ? [] : ['_id'])]
        : known.text;
    if (local.length === 0) return [{ $skip: 0 }, known];
    const [pipeline, joined] =
      depth > 1 || this.#dice.roll(2) === 0
        ? [undefined, VIEWS[from]]
        : this.stages(VIEWS[from], from, depth + 1, true);
    const localField = this.#pick(local);
    const bound = localField === '_id' || depth > 1 || this.#dice.roll(2) === 0 ? undefined : this.#bound(known, from);
    const stages = [...(bound === undefined ? [] : [bound.match]), ...(pipeline ?? [])];
    const lookup = {
      from,
      localField,
      foreignField,
      as,
      ...(bound === undefined ? {} : { let: bound.variables }),
      ...(bound === undefined && pipeline === undefined ? {} : { pipeline: stages }),
    };
    return [{ $lookup: lookup }, { ...known, documents: new Map([...known.documents, [as, joined]]) }];
  }

  /** Variables of a join, and a stage that compares them with the joined documents. */
  #bound(known: Known, from: 'users' | 'orders'): { readonly variables: object; readonly match: Stage } {
    const compare = this.#pick(['$lte', '$ne', '$eq']);
    return {
      variables: { one: this.#any(known), two: this.#number(known, 1) },
      match: {
        $match: { $expr: { $or: [{ [compare]: ['$$one', this.#any(VIEWS[from])] }, { $gt: ['$$two', 2] }] } },
      },
    };
  }

  #inclusion(known: Known, computed?: string): Record<string, unknown> {
    const written: Record<string, unknown> = {};
    const paths = [...known.text, ...known.number, ...known.date, ...known.list, ...known.id].filter(
      (path) => !path.includes('.') || this.#dice.roll(2) === 0,
    );
    for (const path of [...paths, ...known.documents.keys()]) {
      if (Object.keys(written).some((other) => path.startsWith(`${other}.`) || other.startsWith(`${path}.`))) continue;
      if (this.#dice.roll(4) > 0) written[path] = 1;
    }
    written[computed ?? 'made'] = computed === undefined ? this.#any(known) : this.#number(known, 2);
    return written;
  }
}
