import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import type { ViewPolicy } from '../../view/policy.ts';

/** Throws if the program writes to the public path of an opaque id: its own values are stored as they are, so it names the stored path. */
export function assertStoredName(field: string, { opaque }: Pick<ViewPolicy, 'opaque'>, call: CallContext): void {
  const id = opaque.at(field);
  if (id === undefined || id.stored === field) return;
  call.refuse(
    'write_path',
    `${quote(field)} is an opaque id. In \`trusted\`, write the stored id at ${quote(id.stored)}.`,
    field,
  );
}

/** The same for the fields of a document, at the top and in its branches. */
export function assertStoredNames(document: InputObject, policy: Pick<ViewPolicy, 'opaque'>, call: CallContext): void {
  for (const { name, stored } of policy.opaque)
    if (name !== stored && holds(document, name.split('.'))) assertStoredName(name, policy, call);
}

function holds(value: InputCopy, [head, ...rest]: readonly string[]): boolean {
  if (Array.isArray(value))
    return value.some((each: InputCopy) => holds(each, head === undefined ? [] : [head, ...rest]));
  if (head === undefined) return true;
  if (!isInputObject(value) || !Object.hasOwn(value, head)) return false;
  return rest.length === 0 || holds(value[head], rest);
}
