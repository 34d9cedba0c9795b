import { op } from 'safe-collection';

/** A source of random numbers that gives the same ones for the same seed (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** A number of 0 or more, below `sides`. */
  roll(sides: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * sides);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.roll(from.length)] as T;
  }
}

/** An update of a fuzzer's making. */
export interface RandomUpdate {
  readonly update: unknown;
  readonly arrayFilters: readonly object[];
  readonly upsert: boolean;
}

const WRITABLE = [
  'username',
  'email',
  'age',
  'credits',
  'tags',
  'nickname',
  'joined_at',
  'profile.bio',
  'recovery_phrase',
  'addresses.$[].city',
  'addresses.$.city',
  'addresses.$[a].city',
  'addresses.city',
  'tags.$[]',
  'tags.$[a]',
  'addresses',
];
const OTHERS = [
  'api_key',
  'password_hash',
  'internal_role',
  'profile',
  'profile.ssn',
  'profile.avatar',
  'addresses.$[].access_code',
  'addresses.0.city',
  'addresses.$',
  'addresses.$[]',
  'addresses.$[a]',
  'addresses.$[a].street',
  'sessions',
  'sessions.$[].device',
  'sessions.device',
  'sessions.$[].token',
  '_id',
  '',
  '.',
  'username.',
  '.username',
  '$set',
  '__proto__',
  'username.x',
  'tags.0',
  'tags.$[].x',
  'constructor.prototype',
  'profile.bio.x',
  'tenant',
  '$[]',
  'a\0b',
  'email.$[]',
  'profile.$[].bio',
  'addresses.$[].$[].city',
  'addresses.$[b].city',
];
const OPERATORS = [
  '$set',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$push',
  '$addToSet',
  '$pull',
  '$pop',
  '$currentDate',
  '$setOnInsert',
];
const STRANGE = [
  '$rename',
  '$bit',
  '$pullAll',
  '$pushAll',
  '$isolated',
  'username',
  '$addFields',
  '$replaceWith',
  '',
  '$SET',
  '__proto__',
];

const scalar = (dice: Dice): unknown =>
  dice.pick<() => unknown>([
    () => `w${dice.roll(9)}`,
    () => dice.roll(100) - 50,
    () => 1,
    () => true,
    () => null,
    () => new Date(dice.roll(1e9)),
    () => 'math',
    () => -0,
    () => 1.5,
    () => 10n,
  ])();
const strange = (dice: Dice): unknown =>
  dice.pick<() => unknown>([
    () => ({ ssn: 'x' }),
    () => ({ $each: ['x'] }),
    () => [{ access_code: 'x' }],
    () => ({ city: 'x', access_code: 'y' }),
    () => '$api_key',
    () => ({ $literal: 1 }),
    () => undefined,
    () => Symbol('x'),
    () => () => 1,
    () => new Map([['ssn', 1]]),
    () => ({ toBSON: () => ({ ssn: 1 }) }),
    () => ({ _bsontype: 'Long' }),
    () => NaN,
    () => op({ $ne: 1 }),
  ])();
const element = (dice: Dice): unknown => (dice.roll(3) === 0 ? { city: scalar(dice) } : scalar(dice));
const modifiers = (dice: Dice): unknown =>
  op({
    $each: Array.from({ length: dice.roll(3) }, () => element(dice)),
    ...(dice.roll(3) === 0 ? { $slice: dice.roll(5) - 2 } : {}),
    ...(dice.roll(3) === 0 ? { $position: dice.roll(4) - 1 } : {}),
    ...(dice.roll(3) === 0
      ? {
          $sort: dice.pick<unknown>([
            1,
            -1,
            { city: 1 },
            { access_code: 1 },
            { city: -1, street: 1 },
            {},
            { $natural: 1 },
          ]),
        }
      : {}),
  } as never);

function operand(operator: string, dice: Dice): unknown {
  if (dice.roll(14) === 0) return strange(dice);
  switch (operator) {
    case '$inc':
    case '$mul':
      return dice.pick<unknown>([1, -3, 0, 2.5, 7n]);
    case '$unset':
      return dice.pick<unknown>(['', 1, true]);
    case '$pop':
      return dice.pick([1, -1]);
    case '$currentDate':
      return true;
    case '$push':
      return dice.roll(2) === 0 ? element(dice) : modifiers(dice);
    case '$addToSet':
      return dice.roll(3) === 0 ? op({ $each: [scalar(dice), scalar(dice)] } as never) : scalar(dice);
    case '$pull':
      return dice.pick<() => unknown>([
        () => scalar(dice),
        () => op({ $gte: 'd' }),
        () => op({ $in: ['math', 'film'] }),
        () => /^[a-f]/,
        () => ({ access_code: 'x' }),
      ])();
    default:
      return dice.roll(4) === 0 ? [scalar(dice), scalar(dice)] : scalar(dice);
  }
}

/** Updates as people and attackers write them: about half is of fitting parts, so that many pass and change something. */
export function randomUpdate(dice: Dice): RandomUpdate {
  return dice.roll(2) === 0 ? fittingUpdate(dice) : anyUpdate(dice);
}

type Part = readonly [operator: string, path: string, operand: unknown];

/** Parts that the view and the stored documents allow, each at a different field. */
const FITTING: readonly (readonly [field: string, make: (dice: Dice) => Part])[] = [
  ['email', (dice) => ['$set', 'email', scalar(dice)]],
  [
    'age',
    (dice) => [dice.pick(['$inc', '$mul', '$min', '$max', '$set']), 'age', dice.pick<unknown>([3, -2, 0, 1.5, 7n])],
  ],
  ['credits', (dice) => [dice.pick(['$inc', '$mul', '$set']), 'credits', dice.pick<unknown>([1, -3, 2.5])]],
  [
    'nickname',
    (dice) =>
      dice.pick<() => Part>([
        () => ['$unset', 'nickname', ''],
        () => ['$set', 'nickname', scalar(dice)],
        () => ['$max', 'nickname', 'z'],
      ])(),
  ],
  [
    'joined_at',
    (dice) =>
      dice.pick<() => Part>([
        () => ['$currentDate', 'joined_at', true],
        () => ['$set', 'joined_at', new Date(dice.roll(1e9))],
      ])(),
  ],
  [
    'profile.bio',
    (dice) =>
      dice.pick<() => Part>([() => ['$set', 'profile.bio', scalar(dice)], () => ['$unset', 'profile.bio', 1]])(),
  ],
  [
    'recovery_phrase',
    (dice) =>
      dice.pick<() => Part>([
        () => ['$set', 'recovery_phrase', scalar(dice)],
        () => ['$unset', 'recovery_phrase', true],
      ])(),
  ],
  [
    'tags',
    (dice) =>
      dice.pick<() => Part>([
        () => ['$push', 'tags', scalar(dice)],
        () => [
          '$push',
          'tags',
          op({ $each: [scalar(dice), scalar(dice)], $slice: dice.roll(5) - 2, $sort: dice.pick([1, -1] as const) }),
        ],
        () => ['$addToSet', 'tags', op({ $each: ['math', scalar(dice)] })],
        () => ['$pull', 'tags', dice.pick<unknown>(['math', op({ $gte: 'd' }), /^[a-f]/])],
        () => ['$pop', 'tags', dice.pick([1, -1])],
        () => ['$set', dice.pick(['tags.$[]', 'tags.$[t]', 'tags']), scalar(dice)],
      ])(),
  ],
  [
    'addresses',
    (dice) =>
      dice.pick<() => Part>([
        () => ['$set', dice.pick(['addresses.$[].city', 'addresses.$.city', 'addresses.$[a].city']), scalar(dice)],
        () => ['$unset', dice.pick(['addresses.$[].city', 'addresses.$[a].city']), 1],
        () => ['$push', 'addresses', { city: scalar(dice) }],
        () => [
          '$push',
          'addresses',
          op({
            $each: [{ city: scalar(dice) }],
            $position: dice.roll(3),
            $sort: { city: dice.pick([1, -1] as const) },
          }),
        ],
      ])(),
  ],
];

function fittingUpdate(dice: Dice): RandomUpdate {
  const update: Record<string, Record<string, unknown>> = {};
  const left = [...FITTING];
  for (let count = 1 + dice.roll(3); count > 0; count -= 1) {
    const [chosen] = left.splice(dice.roll(left.length), 1);
    if (chosen === undefined) break;
    const [operator, path, value] = chosen[1](dice);
    update[operator] = { ...update[operator], [path]: value };
  }
  const paths = Object.values(update)
    .flatMap((fields) => Object.keys(fields))
    .join(' ');
  const arrayFilters = [
    ...(paths.includes('$[t]') ? [dice.pick<object>([{ t: 'math' }, { t: op({ $gte: 'd' }) }])] : []),
    ...(paths.includes('$[a]')
      ? [
          dice.pick<object>([
            { 'a.city': 'Oslo' },
            { 'a.city': op({ $ne: 'Paris' }) },
            { $or: [{ 'a.city': 'Rome' }, { 'a.city': 'Paris' }] },
          ]),
        ]
      : []),
  ];
  return { update, arrayFilters, upsert: false };
}

function anyUpdate(dice: Dice): RandomUpdate {
  const update: Record<string, Record<string, unknown>> = {};
  for (let count = 1 + dice.roll(3); count > 0; count -= 1) {
    const operator = dice.roll(25) === 0 ? dice.pick(STRANGE) : dice.pick(OPERATORS);
    const fields: Record<string, unknown> = {};
    for (let each = 1 + dice.roll(2); each > 0; each -= 1) {
      const path = dice.roll(6) === 0 ? dice.pick(OTHERS) : dice.pick(WRITABLE);
      Object.defineProperty(fields, path, {
        value: operand(operator, dice),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    Object.defineProperty(update, operator, { value: fields, enumerable: true, configurable: true, writable: true });
  }
  const identifier = dice.pick<object>([
    { 'a.city': op({ $ne: 'Paris' }) },
    { a: 'math' },
    { 'a.city': 'Oslo' },
    { 'a.access_code': 'L1' },
    { a: op({ $gte: 'a' }) },
    { $or: [{ 'a.city': 'Rome' }, { 'a.city': 'Paris' }] },
  ]);
  const arrayFilters =
    JSON.stringify(Object.values(update).map((fields) => Object.keys(fields))).includes('$[a]') || dice.roll(30) === 0
      ? [identifier]
      : [];
  return { update: dice.roll(200) === 0 ? [update] : update, arrayFilters, upsert: dice.roll(10) === 0 };
}
