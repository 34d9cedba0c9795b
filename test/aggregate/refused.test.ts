import { describe, expect, it } from 'vitest';
import { op, RefusedCallError } from 'safe-collection';

import { testWorld } from './support/test-world.ts';

const world = await testWorld();

const END = { $project: { product: 1 } };
const count = { n: { $sum: 1 } };

/** An expression as a computed field. */
function computing(expression: unknown): readonly unknown[] {
  return [{ $project: { x: expression } }];
}

/** Stages that read or write elsewhere, run code, or show data of the server. */
const FORBIDDEN_STAGES = [
  '$out',
  '$merge',
  '$unionWith',
  '$graphLookup',
  '$redact',
  '$documents',
  '$collStats',
  '$indexStats',
  '$currentOp',
  '$search',
  '$searchMeta',
  '$vectorSearch',
  '$rankFusion',
  '$geoNear',
  '$planCacheStats',
  '$listSessions',
  '$listLocalSessions',
  '$listSearchIndexes',
  '$listSampledQueries',
  '$queryStats',
  '$changeStream',
  '$changeStreamSplitLargeEvent',
  '$shardedDataDistribution',
  '$fill',
  '$densify',
  '$querySettings',
  '$_internalInhibitOptimization',
  '$nonsense',
  'constructor',
  'toString',
] as const;

/** Operators that no expression may use: code, metadata, random values, and operators that make unknown keys. */
const FORBIDDEN_OPERATORS = [
  '$function',
  '$accumulator',
  '$where',
  '$meta',
  '$rand',
  '$sampleRate',
  '$arrayToObject',
  '$setField',
  '$unsetField',
  '$bsonSize',
  '$binarySize',
  '$toHashedIndexKey',
  '$tsIncrement',
  '$tsSecond',
  '$expr',
  '$jsonSchema',
  '$text',
  '$median',
  '$percentile',
  '$createObjectId',
  '$_internalIndexKey',
  '$nonsense',
] as const;

const REFUSED: readonly (readonly [family: string, pipeline: unknown, code: string])[] = [
  // a last stage that names what comes out
  ['no stage', [], 'projection_missing'],
  ['no $project', [{ $match: {} }], 'projection_missing'],
  ['a $project that is not the last', [END, { $match: { product: 'tea' } }], 'projection_missing'],
  ['a filter after a $group', [{ $group: { _id: '$product' } }, { $match: { _id: 'tea' } }], 'projection_missing'],
  ['a sort alone', [{ $sort: { product: 1 } }, { $limit: 1 }, { $sample: { size: 1 } }], 'projection_missing'],
  ['fields beside those that are there', [END, { $addFields: { x: 1 } }], 'projection_missing'],
  ['a $replaceWith at the end', [{ $replaceWith: { x: '$product' } }], 'projection_missing'],
  ['a $lookup at the end', [END, { $unwind: '$product' }], 'projection_missing'],
  [
    'a $facet with a pipeline that says nothing',
    [{ $facet: { n: [{ $count: 'n' }], all: [{ $limit: 3 }] } }],
    'projection_missing',
  ],
  ['a last $project that leaves out', [{ $project: { product: 0 } }], 'projection_missing'],
  ['an empty $project', [{ $project: {} }], 'projection_empty'],
  ['_id: 0 alone', [{ $project: { _id: 0 } }], 'projection_empty'],
  ['_id: 1', [{ $project: { _id: 1 } }], 'pipeline_path'],
  ['a mixed $project', [{ $project: { product: 1, quantity: 0 } }], 'projection_value'],
  ['a $project with 2', [{ $project: { product: 2 } }], 'projection_value'],
  ['a parent and its child', [{ $project: { ship: 1, 'ship.city': 1 } }], 'projection_collision'],
  ['a private field', [{ $project: { cost_center: 1 } }], 'pipeline_path'],
  ['a private child', [{ $project: { 'ship.driver': 1 } }], 'pipeline_path'],
  ['an element by its number', [{ $project: { 'items.0': 1 } }], 'pipeline_path'],
  // not a pipeline
  ['an object', { 0: END, length: 1 }, 'argument_invalid'],
  ['nothing', undefined, 'argument_invalid'],
  ['a stage with two keys', [{ $match: {}, $limit: 1 }, END], 'pipeline_stage'],
  ['an empty stage', [{}, END], 'pipeline_stage'],
  ['a text as a stage', ['$match', END], 'pipeline_stage'],
  [
    'a getter',
    [
      {
        get $match() {
          return {};
        },
      },
      END,
    ],
    'input_invalid',
  ],
  ['a toBSON function', [{ $match: { product: { toBSON: () => ({}) } } }, END], 'input_invalid'],
  // stages
  ...FORBIDDEN_STAGES.flatMap((name) => [
    [`the stage ${name}`, [{ [name]: {} }, END], 'pipeline_stage'] as const,
    [`the stage ${name} after the view`, [{ $addFields: { x: 1 } }, { [name]: {} }, END], 'pipeline_stage'] as const,
    [`the stage ${name} after the last $project`, [END, { [name]: {} }], 'pipeline_stage'] as const,
    [
      `the stage ${name} in $facet`,
      [{ $facet: { a: [{ $limit: 1 }, { [name]: {} }] } }, { $project: { a: 1 } }],
      'pipeline_stage',
    ] as const,
  ]),
  ['the stage __proto__', [JSON.parse('{"__proto__":{}}'), END], 'input_invalid'],
  ['$out inside $facet', [{ $facet: { a: [{ $out: 'x' }] } }, { $project: { a: 1 } }], 'pipeline_stage'],
  [
    '$unionWith inside $facet',
    [{ $facet: { a: [{ $unionWith: 'users' }] } }, { $project: { a: 1 } }],
    'pipeline_stage',
  ],
  [
    '$facet inside $facet',
    [{ $facet: { a: [{ $facet: { b: [{ $limit: 1 }] } }] } }, { $project: { a: 1 } }],
    'pipeline_stage',
  ],
  [
    '$lookup without a registry',
    [{ $lookup: { from: 'users', localField: 'user_id', foreignField: '_id', as: 'user' } }, { $project: { user: 1 } }],
    'join_invalid',
  ],
  // copying a private value to a public name
  ['$addFields', [{ $addFields: { product: '$cost_center' } }, END], 'pipeline_path'],
  ['$set', [{ $set: { product: '$margin' } }, END], 'pipeline_path'],
  ['$group _id', [{ $group: { _id: '$cost_center', ...count } }, { $project: { n: 1 } }], 'pipeline_path'],
  [
    'an accumulator',
    [{ $group: { _id: null, x: { $push: '$internal_notes' } } }, { $project: { x: 1 } }],
    'pipeline_path',
  ],
  ['$bucket', [{ $bucket: { groupBy: '$margin', boundaries: [0, 9] } }, { $project: { _id: 1 } }], 'pipeline_path'],
  [
    '$bucketAuto output',
    [{ $bucketAuto: { groupBy: '$price', buckets: 2, output: { x: { $first: '$margin' } } } }, { $project: { x: 1 } }],
    'pipeline_path',
  ],
  [
    '$setWindowFields',
    [{ $setWindowFields: { output: { x: { $max: '$margin' } } } }, { $project: { x: 1 } }],
    'pipeline_path',
  ],
  [
    'a window sorted by a private path',
    [{ $setWindowFields: { sortBy: { margin: 1 }, output: { x: { $rank: {} } } } }, { $project: { x: 1 } }],
    'sort_path',
  ],
  ['$replaceRoot', [{ $replaceRoot: { newRoot: '$secrets' } }, END], 'pipeline_path'],
  ['$sortByCount', [{ $sortByCount: '$cost_center' }, { $project: { count: 1 } }], 'pipeline_path'],
  ['$unwind', [{ $unwind: '$internal_notes' }, END], 'pipeline_path'],
  ['$unset', [{ $unset: 'cost_center' }, END], 'pipeline_path'],
  // references in expressions, at any depth
  ['a field path', computing('$cost_center'), 'pipeline_path'],
  ['a path below a leaf', computing('$product.x'), 'pipeline_path'],
  ['a path by number', computing('$items.0.sku'), 'pipeline_path'],
  ['$$ROOT with a path', computing('$$ROOT.cost_center'), 'pipeline_path'],
  ['$$CURRENT with a path', computing('$$CURRENT.ship.driver'), 'pipeline_path'],
  ['$getField', computing({ $getField: 'cost_center' }), 'pipeline_path'],
  [
    '$getField of an expression',
    computing({ $getField: { field: { $concat: ['cost', '_center'] }, input: '$$ROOT' } }),
    'pipeline_value',
  ],
  ['$let', computing({ $let: { vars: { a: '$$ROOT' }, in: '$$a.margin' } }), 'pipeline_path'],
  ['$map', computing({ $map: { input: '$items', in: '$$this.cost' } }), 'pipeline_path'],
  ['$filter', computing({ $filter: { input: '$items', cond: { $gt: ['$$this.cost', 1] } } }), 'pipeline_path'],
  [
    '$reduce',
    computing({ $reduce: { input: '$items', initialValue: 0, in: { $add: ['$$value', '$$this.cost'] } } }),
    'pipeline_path',
  ],
  [
    '$switch',
    computing({ $switch: { branches: [{ case: { $eq: ['$cost_center', 'x'] }, then: 1 }] } }),
    'pipeline_path',
  ],
  ['$sortArray', computing({ $sortArray: { input: '$items', sortBy: { cost: 1 } } }), 'sort_path'],
  ['a deep array', computing([[['$margin']]]), 'pipeline_path'],
  ['a deep document', computing({ a: { b: { c: ['$margin'] } } }), 'pipeline_path'],
  // operators and variables that are not in the grammar
  ...FORBIDDEN_OPERATORS.flatMap((name) => [
    [`the operator ${name}`, computing({ [name]: '$product' }), 'pipeline_expression'] as const,
    [
      `the operator ${name} deep in another`,
      computing({ $map: { input: '$tags', in: { $cond: [{ $gt: [{ a: [{ [name]: '$$this' }] }, 1] }, 1, 2] } } }),
      'pipeline_expression',
    ] as const,
    [
      `the operator ${name} as an accumulator`,
      [{ $group: { _id: null, x: { [name]: '$product' } } }, { $project: { x: 1 } }],
      'pipeline_expression',
    ] as const,
    [
      `the operator ${name} as a window function`,
      [{ $setWindowFields: { output: { x: { [name]: '$product' } } } }, { $project: { x: 1 } }],
      'pipeline_expression',
    ] as const,
    [`the operator ${name} in a filter`, [{ $match: { $and: [{ [name]: 1 }] } }, END], 'filter_operator'] as const,
    [
      `the operator ${name} in a filter below the view`,
      [{ $addFields: { x: 1 } }, { $match: { $or: [{ [name]: 1 }] } }, END],
      'filter_operator',
    ] as const,
  ]),
  [
    '$accumulator in $group',
    [{ $group: { _id: null, x: { $accumulator: {} } } }, { $project: { x: 1 } }],
    'pipeline_expression',
  ],
  [
    '$function in a window',
    [{ $setWindowFields: { output: { x: { $function: {} } } } }, { $project: { x: 1 } }],
    'pipeline_expression',
  ],
  ...['CLUSTER_TIME', 'USER_ROLES', 'SEARCH_META', 'DESCEND', 'KEEP', 'PRUNE', 'nothing', '__proto__', ''].map(
    (name) => [`the variable $$${name}`, computing(`$$${name}`), 'pipeline_expression'] as const,
  ),
  ['two operators', computing({ $toUpper: '$product', $toLower: '$product' }), 'pipeline_expression'],
  ['an operator beside a field', computing({ $toUpper: '$product', x: 1 }), 'pipeline_expression'],
  ['an unknown operand', computing({ $trim: { input: '$product', as: 'x' } }), 'pipeline_value'],
  ...(
    [
      ['$slice', ['$tags']],
      ['$slice', '$tags'],
      ['$slice', []],
      ['$slice', 1],
      ['$slice', ['$tags', 0, 1, 2]],
      ['$arrayElemAt', ['$tags']],
      ['$first', ['$tags', 1]],
      ['$size', []],
      ['$divide', ['$price']],
      ['$eq', ['$price', 1, 2]],
      ['$substrCP', ['$product', 0]],
      ['$range', [1]],
      ['$indexOfArray', ['$tags']],
      ['$setEquals', [[]]],
      ['$round', ['$price', 1, 2]],
      ['$toUpper', ['$product', 'x']],
      ['$year', []],
      ['$ifNull', ['$note']],
      ['$setDifference', ['$tags']],
    ] as const
  ).map(
    ([name, operand]) =>
      [`${name} of ${JSON.stringify(operand)}`, computing({ [name]: operand }), 'pipeline_value'] as const,
  ),
  [
    '$slice with too few operands beside a path',
    [{ $project: { product: 1, tags: { $slice: ['$tags'] } } }],
    'pipeline_value',
  ],
  ['op() in an expression', computing(op({ $gt: 1 })), 'pipeline_value'],
  ['a name with a dot', [{ $addFields: { 'ship.driver': 'me' } }, END], 'pipeline_value'],
  ['an object over a leaf', [{ $addFields: { product: { driver: 'me' } } }, END], 'pipeline_value'],
  ['an object over a leaf of a branch', [{ $set: { ship: { city: { x: 'me' } } } }, END], 'pipeline_value'],
  ['an object over a leaf, in $project', [{ $project: { product: { x: '$note' } } }], 'pipeline_value'],
  ['a private field of a branch', [{ $project: { ship: { driver: 1 } } }], 'pipeline_path'],
  ['a private value in a branch', [{ $set: { ship: { city: '$cost_center' } } }, END], 'pipeline_path'],
  ['0 in a branch', [{ $project: { ship: { city: 0 } } }], 'projection_value'],
  ['a dot in a branch', [{ $project: { items: { 'sku.x': 1 } } }], 'pipeline_value'],
  ['an object and a path for one branch', [{ $project: { ship: { city: 1 }, 'ship.zip': 1 } }], 'projection_collision'],
  ['marks of a branch that is not there', [{ $project: { x: { y: 1 } } }], 'projection_value'],
  ['an empty object', [{ $set: { x: {} } }, END], 'pipeline_value'],
  ['an empty object over a branch', [{ $project: { ship: {} } }], 'pipeline_value'],
  // filters and sorts
  ['a private filter', [{ $match: { cost_center: 'cc1' } }, END], 'filter_path'],
  [
    'a private filter, nested',
    [{ $match: { $or: [{ product: 'tea' }, { $and: [{ margin: 1 }] }] } }, END],
    'filter_path',
  ],
  [
    'a private filter below the view',
    [{ $addFields: { x: 1 } }, { $match: { cost_center: 'cc1' } }, END],
    'filter_path',
  ],
  [
    'a filter on what an earlier stage left out',
    [{ $group: { _id: '$product', ...count } }, { $match: { product: 'tea' } }, { $project: { n: 1 } }],
    'filter_path',
  ],
  ['a private field in $expr', [{ $match: { $expr: { $eq: ['$cost_center', 'x'] } } }, END], 'pipeline_path'],
  ['$where below the view', [{ $addFields: { x: 1 } }, { $match: { $where: 'true' } }, END], 'filter_operator'],
  ['$jsonSchema', [{ $match: { $jsonSchema: {} } }, END], 'filter_operator'],
  ['$text', [{ $match: { $text: { $search: 'x' } } }, END], 'filter_operator'],
  ['a plain operator', [{ $match: { product: { $ne: null } } }, END], 'filter_operator_untagged'],
  [
    'a plain operator below the view',
    [{ $addFields: { x: 1 } }, { $match: { x: { $ne: null } } }, END],
    'filter_operator_untagged',
  ],
  ['a private sort', [{ $sort: { margin: 1 } }, END], 'sort_path'],
  ['a private sort below the view', [{ $addFields: { x: 1 } }, { $sort: { margin: 1 } }, END], 'sort_path'],
  ['$meta in a sort', [{ $sort: { product: { $meta: 'textScore' } } }, END], 'sort_value'],
  ['$natural', [{ $sort: { $natural: 1 } }, END], 'sort_path'],
  ['a branch in a sort', [{ $sort: { ship: 1 } }, END], 'sort_path'],
  ['$limit 0', [{ $limit: 0 }, END], 'pipeline_value'],
  ['a negative $skip', [{ $addFields: { x: 1 } }, { $skip: -1 }, END], 'pipeline_value'],
];

describe('an $unset of a path and one below it names both', () => {
  it.for([
    [['ship.city', 'ship'], "'ship' and 'ship.city': one contains the other"],
    [['ship', 'ship.city'], "'ship.city' and 'ship': one contains the other"],
    [['ship', 'ship'], "'ship' twice: name each path once"],
  ] as const)('%s', ([paths, message]) => {
    expect(() => world.orders.aggregate([{ $unset: paths }, END] as never)).toThrow(message);
  });
});

describe('a refused pipeline sends nothing', () => {
  it.for(REFUSED)('%s', ([, pipeline, code]) => {
    world.forget();
    expect(() => world.orders.aggregate(pipeline as never)).toThrow(
      expect.objectContaining({ code, operation: 'aggregate' }),
    );
    expect(() => world.orders.aggregate(pipeline as never)).toThrow(RefusedCallError);
    expect(world.started).toEqual([]);
  });

  it.for([
    'out',
    'let',
    'hint',
    'explain',
    'bypassDocumentValidation',
    'dbName',
    'authdb',
    'raw',
    'cursor',
    'writeConcern',
    'projection',
    'sort',
    'nonsense',
  ])('the option %s', (name) => {
    expect(() => world.orders.aggregate([END] as never, { [name]: {} } as never)).toThrow(
      expect.objectContaining({ code: 'option_unknown', path: name }),
    );
    expect(world.started).toEqual([]);
  });

  it('does not look at the pipeline again after the call', async () => {
    const match: Record<string, unknown> = { product: 'tea' };
    const pipeline = [{ $match: match }, { $project: { product: 1 } as Record<string, unknown> }];
    const cursor = world.orders.aggregate(pipeline as never);
    match['product'] = 'cup';
    pipeline[1] = { $project: { cost_center: 1 } } as never;
    pipeline.push({ $out: 'stolen' } as never);
    const found = (await cursor.toArray()) as unknown[];
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(found.map(() => ({ product: 'tea' })));
  });
});

describe('what a join holds is refused as a pipeline is', () => {
  it.for([...FORBIDDEN_STAGES])('the stage %s in its pipeline, and in one of a $facet', (name) => {
    world.forget();
    const join = { from: 'users', localField: 'user_id', foreignField: '_id', as: 'x', pipeline: [{ [name]: {} }] };
    const end = { $project: { x: 1 } };
    for (const pipeline of [
      [{ $lookup: join }, end],
      [{ $addFields: { y: 1 } }, { $lookup: join }, end],
      [{ $facet: { x: [{ $lookup: join }] } }, end],
      [{ $lookup: { ...join, pipeline: [{ $facet: { a: [{ [name]: {} }] } }] } }, end],
    ]) {
      expect(() => world.safe.orders.aggregate(pipeline as never)).toThrow(
        expect.objectContaining({ code: 'pipeline_stage' }),
      );
    }
    expect(world.started).toEqual([]);
  });
});

it('with a polluted Object.prototype a pipeline is refused, and nothing is sent', async () => {
  const read = async (): Promise<unknown> =>
    await world.safe.orders.aggregate([{ $sort: { order_date: 1 } }, { $project: { product: 1 } }]).toArray();
  const polluted = Object.prototype as unknown as Record<string, unknown>;
  world.forget();
  for (const key of ['cost_center', '$project', 'let', 'out', 'pipeline', 'populate', 'limit']) {
    polluted[key] = 1;
    const error = await read().catch((thrown: unknown) => thrown);
    delete polluted[key];
    expect(error).toMatchObject({ code: 'prototype_polluted', path: key });
  }
  expect(world.started).toEqual([]);
});
