import { namedBy, sentTo, writablePaths } from '../init/asked-for.ts';
import { findDriverCalls } from '../project/index.ts';
import type { NameIndex, OpenedProject } from '../project/index.ts';
import { constantName, interfaceName } from '../init/names.ts';
import { planView } from '../init/plan-view.ts';
import type { ViewPlan } from '../init/view-plan.ts';
import { hiddenPaths, interfaceOf, typeFieldsOf } from './document-field.ts';
import type { SourceCollection } from './source.ts';

/**
 * Plans a view for each collection of a schema: all its fields but the sensitive and the hidden ones. `translated` is the
 * project in the driver's words, which says what the code asks for by name and what it writes of a client's input.
 */
export function planViews(
  collections: readonly SourceCollection[],
  translated: OpenedProject,
  index: NameIndex,
): readonly ViewPlan[] {
  const { calls } = findDriverCalls(translated, index);
  const taken = new Set<string>();
  return collections.flatMap(({ name: collection, fields }) => {
    const own = calls.filter(({ collections: names }) => names.length === 1 && names[0] === collection);
    const name = constantName(collection, taken);
    const document = interfaceName(collection, taken);
    const plan = planView({
      collection,
      name,
      document: { kind: 'written', name: document, text: interfaceOf(document, fields), isSampled: true },
      fields: typeFieldsOf(fields),
      used: new Set(),
      sensitive: new Map(hiddenPaths(fields)),
      named: new Set(own.flatMap((call) => namedBy(call, index))),
    });
    if (plan.paths.length === 0) return [];
    return [
      {
        ...plan,
        writable: writablePaths(
          own.flatMap((call) => sentTo(call, index)),
          plan,
          typeFieldsOf(fields),
        ),
      },
    ];
  });
}
