import type { PlannedCall } from './migrate-project.ts';

/** An error that several rewrites may cause. */
export interface Suspicion<F> {
  readonly fault: F;
  /** Groups of rewrites, the likely ones first. The last one has all. */
  readonly levels: readonly (readonly PlannedCall[])[];
}

/** The faults of a list that are still there without some rewrites. */
type StillThere<F> = (without: ReadonlySet<PlannedCall>, faults: readonly F[]) => ReadonlySet<F>;

/**
 * Finds one rewrite that causes each fault: the first group without which the fault is gone, and in that group the rewrite, by halves.
 * One compilation serves all faults. A fault that no rewrite causes has no entry in the result.
 */
export function isolate<F>(
  suspicions: readonly Suspicion<F>[],
  stillThere: StillThere<F>,
): ReadonlyMap<PlannedCall, F> {
  let open = groupsOf(suspicions, stillThere);
  while (open.some(({ group }) => group.length > 1)) {
    const halves = open.map(({ group }) => (group.length > 1 ? group.slice(0, group.length / 2) : group));
    const left = stillThere(
      new Set(halves.flat()),
      open.map(({ fault }) => fault),
    );
    open = open.map(({ fault, group }, at) => ({ fault, group: half(group, halves[at] ?? [], left.has(fault)) }));
  }
  return new Map(open.flatMap(({ fault, group }) => group.map((one) => [one, fault] as const)));
}

/** The half that has the cause: the first one if the fault is gone without it. */
function half(group: readonly PlannedCall[], first: readonly PlannedCall[], isThere: boolean): readonly PlannedCall[] {
  if (group.length === 1 || !isThere) return first;
  return group.slice(first.length);
}

interface Open<F> {
  readonly fault: F;
  readonly group: readonly PlannedCall[];
}

function groupsOf<F>(suspicions: readonly Suspicion<F>[], stillThere: StillThere<F>): readonly Open<F>[] {
  const open: Open<F>[] = [];
  let rest = suspicions;
  for (let level = 0; rest.length > 0; level += 1) {
    const tried = rest.flatMap(({ fault, levels }) => {
      const group = levels[level];
      return group === undefined ? [] : [{ fault, group }];
    });
    if (tried.length === 0) return open;
    const left = stillThere(
      new Set(tried.flatMap(({ group }) => group)),
      tried.map(({ fault }) => fault),
    );
    open.push(...tried.filter(({ fault }) => !left.has(fault)));
    rest = rest.filter(({ fault }) => left.has(fault));
  }
  return open;
}
