import { bare, emit, type Emitted } from '../emit.ts';
import { cond, ifArray, mapped } from '../expressions.ts';
import { joinedValue, type Slots } from './joined-value.ts';
import type { Branch, Placed } from './place-join.ts';

/** The stage that puts joined documents in their place: at the root, or in each document of the branches around it. */
export function putInPlace(placed: Placed, slots: Slots): Emitted {
  const { around, name, key } = placed;
  const valueAt = (holder: string): unknown => joinedValue(placed, `${holder}${key}`, slots);
  const [first, ...inner] = around;
  if (first === undefined) return emit('$addFields', emit(name, valueAt('$')));
  return emit('$addFields', emit(first.name, inBranch(`$${first.name}`, first, inner, { name, valueAt })));
}

/** The field to set in the last branch. */
interface Field {
  readonly name: string;
  readonly valueAt: (holder: string) => unknown;
}

function inBranch(value: string, { isArray }: Branch, inner: readonly Branch[], field: Field): Emitted {
  const variable = `in${inner.length}`;
  const here = `$$${variable}`;
  const [next, ...rest] = inner;
  const set =
    next === undefined
      ? emit(field.name, field.valueAt(`${here}.`))
      : emit(next.name, inBranch(`${here}.${next.name}`, next, rest, field));
  return eachOf(value, isArray, variable, emit('$mergeObjects', [here, set]));
}

/** Applies an expression to a document, or to each document of an array. Other values stay as they are. */
function eachOf(value: string, isArray: boolean, variable: string, document: unknown): Emitted {
  const here = `$$${variable}`;
  const element = cond(emit('$eq', [emit('$type', here), 'object']), document, here);
  const single = emit('$let', bare({ vars: emit(variable, value), in: element }));
  return isArray ? ifArray(value, mapped(value, variable, element), single) : single;
}
