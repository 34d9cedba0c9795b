import { bare, emit, type Emitted } from '../emit.ts';
import { cond, ifArray, mapped } from '../expressions.ts';
import { joinedValue, type Slots } from './joined-value.ts';
import type { Placed } from './place-join.ts';

/** The stage that puts joined documents in their place: at the root, or in each document of the branches around it. */
export function putInPlace(placed: Placed, slots: Slots): Emitted {
  const { around, name, key } = placed;
  const valueAt = (holder: string): unknown => joinedValue(placed, `${holder}${key}`, slots);
  const [first] = around;
  if (first === undefined) return emit('$addFields', emit(name, valueAt('$')));
  return emit('$addFields', emit(first.name, inBranch(`$${first.name}`, around, name, valueAt)));
}

type ValueAt = (holder: string) => unknown;

function inBranch(value: string, around: Placed['around'], name: string, valueAt: ValueAt): unknown {
  const [branch, ...inner] = around;
  if (branch === undefined) return valueAt(value);
  const variable = `in${inner.length}`;
  const here = `$$${variable}`;
  const [next] = inner;
  const field =
    next === undefined
      ? emit(name, valueAt(`${here}.`))
      : emit(next.name, inBranch(`${here}.${next.name}`, inner, name, valueAt));
  return eachOf(value, branch.depth, variable, emit('$mergeObjects', [here, field]));
}

/** Applies an expression to a document, or to each document of its arrays. Other values stay as they are. */
function eachOf(value: string, depth: number, variable: string, document: unknown): Emitted {
  const here = `$$${variable}`;
  const isDocument = emit('$eq', [emit('$type', here), 'object']);
  const element = depth > 1 ? eachOf(here, depth - 1, variable, document) : cond(isDocument, document, here);
  const single = emit('$let', bare({ vars: emit(variable, value), in: cond(isDocument, document, here) }));
  if (depth === 0) return single;
  return ifArray(value, mapped(value, variable, element), single);
}
