import { quote } from '../../errors/quote.ts';
import type { Scope } from './scope.ts';
import type { Role, Shape } from './shape.ts';

/** Whether a set of fields has one that the view excludes from a role. Shapes share their fields, so each set is visited once. */
const excluded: Readonly<Record<Role, WeakMap<object, boolean>>> = {
  filter: new WeakMap(),
  sort: new WeakMap(),
  join: new WeakMap(),
};

const REASONS: Readonly<Record<Role, string>> = {
  filter: 'is not filterable in this view, so $expr must not read it',
  sort: 'is not sortable in this view',
  join: 'is not joinable in this view, so a `let` must not pass it on',
};

/** Throws if an expression would use a value in a way that the view excludes for its path. */
export function assertAllowed(shape: Shape, text: string, { role, call }: Pick<Scope, 'role' | 'call'>): void {
  if (role === undefined || !isExcluded(shape, role)) return;
  call.refuse(role === 'join' ? 'join_invalid' : 'filter_path', `${quote(text)} ${REASONS[role]}.`, text);
}

function isExcluded({ denied, fields }: Shape, role: Role): boolean {
  if (denied.has(role)) return true;
  if (fields.size === 0) return false;
  const known = excluded[role].get(fields);
  if (known !== undefined) return known;
  const isSo = [...fields.values()].some((field) => isExcluded(field, role));
  excluded[role].set(fields, isSo);
  return isSo;
}
