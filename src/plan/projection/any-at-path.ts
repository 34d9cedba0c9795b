import { bare, emit, type Emitted } from '../emit.ts';
import { cond, filtered, ifArray, isKind, mapped } from '../expressions.ts';

/** Where values are: at `value` or, by each of the steps below it, in a subdocument or in the subdocuments of an array. */
export interface PathOfValues {
  readonly value: string;
  readonly below: readonly string[];
  /** How many `$map` are around it, because their variables need distinct names. */
  readonly level: number;
}

/** Tests a value. `isElement`: it was found by its position in an array, and a filter does not look into it if it is an array itself. */
type Test = (value: string, level: number, isElement: boolean) => unknown;

/**
 * Whether a test is true of a value that a filter finds by a path. A path of an expression goes through an array too, but it gives an array of
 * what is there, so nothing could be missing. A filter compares each: it takes the subdocuments of an array, not those of arrays in it, and a
 * field of a scalar is a missing one.
 */
export function anyAtPath({ value, below: [step, ...below], level }: PathOfValues, test: Test): unknown {
  if (step === undefined) return test(value, level, false);
  const each = `v${level}`;
  const element = `$$${each}`;
  const inside = anyAtPath({ value: `${element}.${step}`, below, level: level + 1 }, test);
  const anyOf = (documents: unknown): Emitted =>
    emit('$anyElementTrue', [mapped(ifArray(value, documents, [value]), each, inside)]);
  const documents = subdocumentsIn(value, each);
  if (!POSITION.test(step)) return anyOf(documents);
  if (below.length === 0)
    return emit('$or', [anyOf(documents), atPosition(value, step, each, test(element, level + 1, true), false)]);
  const further = cond(isKind(element, ['object', 'array']), [emit(step, element)], []);
  return anyOf(emit('$concatArrays', [documents, atPosition(value, step, each, further, [])]));
}

/** A segment that is also a position in an array. The server takes a number that begins with 0, or is higher than an array can be long, only as a key. */
const POSITION = /^(?:0|[1-9]\d{0,7})$/;

/** The value of `then` for the element at a position, which it knows by the name `as`. Without such an element, `otherwise`. */
function atPosition(value: string, position: string, as: string, then: unknown, otherwise: unknown): Emitted {
  const index = Number(position);
  const element = emit('$let', bare({ vars: emit(as, emit('$arrayElemAt', [value, index])), in: then }));
  return ifArray(value, cond(emit('$gt', [emit('$size', value), index]), element, otherwise), otherwise);
}

/** The elements of an array that are subdocuments. */
export function subdocumentsIn(array: unknown, each: string): Emitted {
  return filtered(array, each, isKind(`$$${each}`, ['object']));
}

/** The elements that `$elemMatch` takes as subdocuments, if arrays may be among them: it sees one as a document whose keys are positions. */
export function documentsIn(array: unknown, each: string): Emitted {
  const element = `$$${each}`;
  const positions = emit('$range', [0, emit('$size', element)]);
  const fields = mapped(positions, 'at', [emit('$toString', '$$at'), emit('$arrayElemAt', [element, '$$at'])]);
  const documents = filtered(array, each, isKind(element, ['object', 'array']));
  return mapped(documents, each, ifArray(element, emit('$arrayToObject', [fields]), element));
}
