import { CALLERS, type Caller, type Part, type Parts } from '../../security/support/callers.ts';
import { FORMS } from '../../security/support/forms.ts';
import { KINDS } from '../../security/support/kinds.ts';
import type { ByteSource } from './byte-source.ts';

/*
 * Bytes become the source text of a call: one of the callers of the security matrix, with parts that are a form of the matrix or a value of its own
 * making, from names that mean something to the guard or to the server.
 */

const PATHS = KINDS.map(({ path }) => path);

/** Names that mean something to the guard or to the server. */
const WORDS = `
  $set $unset $inc $push $addToSet $pull $pop $min $max $mul $setOnInsert $rename $and $or $nor $expr $where
  $jsonSchema $text $comment $eq $ne $gt $in $nin $not $exists $type $size $all $elemMatch $regex $mod $each
  $slice $sort $position $match $project $group $unwind $addFields $lookup $facet $replaceRoot $count $limit $skip
  $bucket $sortByCount $setWindowFields $unionWith $out $merge $graphLookup $redact $first $last $sum $cond $let
  $map $filter $reduce $getField $objectToArray $mergeObjects $concat $toString $literal $function $accumulator
  $meta $switch $ifNull _id profile addresses crew from as localField foreignField pipeline projection let input
  in vars if then else cond initialValue path newRoot field groupBy output boundaries default sortBy partitionBy
  window justOne tags.0 addresses.0.city tags.$ tags.$[e] e e.city constructor toJSON toBSON _bsontype $$ROOT .
  a..b $ __proto__
`;

/** What may be a key. */
const KEYS = [...PATHS, '', ...WORDS.trim().split(/\s+/)];

const SCALARS = [
  '1',
  '0',
  'true',
  'false',
  '-1',
  'null',
  'undefined',
  `''`,
  `'ada'`,
  `'teams'`,
  `'team'`,
  `'number'`,
  '2',
  'NaN',
  '20',
  '/^z/',
  'new Date(0)',
  'ID',
  `'$$ROOT'`,
  `'$$CURRENT.password_hash'`,
  `'$$this'`,
  `'$$value'`,
  '1n',
  'Symbol()',
  '() => 1',
];

const DEEPEST = 5;
const WIDEST = 4;

/** A value, as source text. */
function valueOf(bytes: ByteSource, depth = 0): string {
  const kind = bytes.byte() % 10;
  if (!bytes.hasMore || depth >= DEEPEST || kind < 3) return bytes.pick(SCALARS);
  if (kind < 4) return `'${bytes.pick(PATHS)}'`;
  if (kind < 5) return `'$${bytes.pick(PATHS)}'`;
  if (kind < 6) return `op(${objectOf(bytes, depth + 1)})`;
  return kind < 7 ? `[${listOf(bytes, depth + 1)}]` : objectOf(bytes, depth + 1);
}

/** Each key is there once: two of `__proto__` are an error of syntax. */
function objectOf(bytes: ByteSource, depth = 0): string {
  const entries = Array.from({ length: 1 + (bytes.byte() % WIDEST) }, () => {
    const key = bytes.pick(KEYS);
    return [key, valueOf(bytes, depth)] as const;
  });
  return `{ ${[...new Map(entries)].map(([key, value]) => `'${key}': ${value}`).join(', ')} }`;
}

function listOf(bytes: ByteSource, depth = 0): string {
  return Array.from({ length: 1 + (bytes.byte() % WIDEST) }, () => valueOf(bytes, depth)).join(', ');
}

function partOf(part: Part, bytes: ByteSource): Parts {
  const written = FORMS.filter((form) => form.part === part);
  if (bytes.byte() % 3 > 0 && written.length > 0) return bytes.pick(written).write(bytes.pick(KINDS));
  if (part === 'key') return { key: `'${bytes.pick(PATHS)}'` };
  if (part === 'stages') return { stages: `${listOfObjects(bytes)}, { $project: ${objectOf(bytes)} }` };
  if (part === 'arrayFilters') return { arrayFilters: `[${listOfObjects(bytes)}]` };
  return { [part]: valueOf(bytes) };
}

function listOfObjects(bytes: ByteSource): string {
  return Array.from({ length: 1 + (bytes.byte() % WIDEST) }, () => objectOf(bytes)).join(', ');
}

/** A step that the builder has not is an error of JavaScript. */
const FUZZED = CALLERS.filter(({ isLoose }) => isLoose !== true);

const isRare = ({ kind }: Caller): boolean => kind === 'stream' || kind === 'privileged';

/** Streams wait for events, and trusted code may see private fields, so most inputs call something else. */
const RARE = FUZZED.filter(isRare);
const COMMON = FUZZED.filter((caller) => !isRare(caller));

export interface FuzzedCall {
  readonly caller: Caller;
  readonly source: string;
}

/** A call, from bytes: a rare one, or one of the others. One part is always there, so that a pipeline has stages. */
export function callOf(bytes: ByteSource, takesRare: boolean): FuzzedCall {
  const caller = bytes.pick(takesRare ? RARE : COMMON);
  const parts = caller.takes.filter((_, index) => index === 0 || bytes.byte() % 2 === 0);
  const written: Parts = Object.assign({}, ...parts.map((part) => partOf(part, bytes)));
  const stages = caller.takes.includes('stages') && !caller.takes.includes('filter') ? partOf('stages', bytes) : {};
  return { caller, source: caller.source({ ...stages, ...written }) };
}
