import { fileName, isDriverMethod, Node } from '../project/index.ts';
import type { DriverCall, NameIndex } from '../project/index.ts';
import type { PlannedCall } from './migrate-project.ts';
import type { Rewrite } from './plan-call.ts';
import { copiedFor, objectsUsedBy } from './shared-filters.ts';

/** Keeps the filters of calls that stay with the driver as they are. */
export type Separate = (planned: readonly PlannedCall[]) => readonly PlannedCall[];

/**
 * A filter that gets `op()` where it is written means something else to the driver. If a call that stays uses it too, the rewritten
 * calls get a copy of the function that makes it, or stay as well.
 *
 * @param others - calls that stay in any case.
 */
export function separator(others: readonly StayingCall[], index: NameIndex): Separate {
  const known = new Map<StayingCall, ReadonlySet<Node>>();
  const usedBy = (call: StayingCall) => {
    const used = known.get(call) ?? objectsUsedBy(call, index);
    known.set(call, used);
    return used;
  };
  return (given) => {
    if (given.every(({ rewrite }) => rewrite === undefined || rewrite.shared.length === 0)) return given;
    let planned = given;
    for (let isStable = false; !isStable;) {
      const staying = [...others, ...planned.flatMap(({ call, rewrite }) => (rewrite === undefined ? [call] : []))].map(
        (call) => ({ call, used: usedBy(call) }),
      );
      const next = planned.map((one) => apart(one, (object) => staying.find(({ used }) => used.has(object))?.call));
      isStable = next.every(({ rewrite }, at) => (rewrite === undefined) === (planned[at]?.rewrite === undefined));
      planned = next;
    }
    return planned;
  };
}

/** What is known of a call that stays. */
export type StayingCall = Pick<DriverCall, 'arguments' | 'file' | 'line'>;

/** Methods of Mongoose with a filter, by names that the driver does not have. */
const MORE = new Set(['exists', 'where']);

/** All calls of a method that has the name of a driver's one, without some: calls of another library, and those on untyped values. */
export function namesakes(index: NameIndex, root: string, without: ReadonlySet<Node>): readonly StayingCall[] {
  return [...index.calls].flatMap(([name, nodes]) =>
    isDriverMethod(name) || MORE.has(name)
      ? nodes.flatMap((node) => (without.has(node) ? [] : stayingAt(node, root)))
      : [],
  );
}

export function stayingAt(node: Node, root: string): readonly StayingCall[] {
  if (!Node.isCallExpression(node)) return [];
  return [{ arguments: node.getArguments(), file: fileName(node, root), line: node.getStartLineNumber() }];
}

function apart(one: PlannedCall, userOf: (object: Node) => StayingCall | undefined): PlannedCall {
  const { rewrite } = one;
  const users = rewrite?.shared.flatMap(({ objects }) => objects.flatMap((object) => userOf(object) ?? [])) ?? [];
  const [user] = users;
  if (rewrite === undefined || user === undefined) return one;
  const copying = withCopies(rewrite, one.call);
  if (copying !== undefined) return { ...one, rewrite: copying };
  const reason = `its filter is also used in ${user.file}:${user.line}, which stays: write the filter here`;
  return { ...one, rewrite: undefined, reason };
}

/** The rewrite with copies of the functions that make its filters. */
function withCopies(rewrite: Rewrite, call: DriverCall): Rewrite | undefined {
  const path = call.node.getSourceFile().getFilePath();
  const inPlace = new Set(rewrite.shared.flatMap(({ edits }) => edits));
  const copies = rewrite.shared.map((shared) => copiedFor(shared));
  let edits = rewrite.edits.filter((edit) => !inPlace.has(edit));
  const needs = rewrite.needs.filter(({ name }) => name !== 'op');
  for (const copied of copies) {
    if (copied === undefined) return undefined;
    const called = new RegExp(String.raw`(?<![\w$.])${copied.name.replaceAll('$', String.raw`\$`)}(?=\()`, 'g');
    edits = edits.map((edit) =>
      edit.file === path ? { ...edit, text: edit.text.replaceAll(called, copied.newName) } : edit,
    );
    edits.push(...copied.edits);
    needs.push(...copied.needs);
  }
  return { ...rewrite, edits, needs, shared: [] };
}
