import { dirname } from 'node:path';

import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { replace } from '../migrate/edit.ts';
import type { Edit } from '../migrate/edit.ts';
import { draftOf, withoutOverlaps } from '../migrate/migrate-project.ts';
import type { PlannedCall } from '../migrate/migrate-project.ts';
import { planCall } from '../migrate/plan-call.ts';
import { namesakes, separator } from '../migrate/separate.ts';
import { settle } from '../migrate/settle.ts';
import type { Compiler, Fault } from '../migrate/verify.ts';
import { viewsIn } from '../migrate/view-facts.ts';
import type { ViewFacts } from '../migrate/view-facts.ts';
import { findDriverCalls, indexNames } from '../project/index.ts';
import type { DriverCall, NameIndex, OpenedProject } from '../project/index.ts';
import type { ActiveCall } from './migrate-source.ts';
import { idIn } from './translated-project.ts';

export interface MigratedTexts {
  /** The new texts by path, with the calls' numbers in them. */
  readonly texts: ReadonlyMap<string, string>;
  /** The reason by the number of each call that can't be migrated: all is to be tried again without them. */
  readonly left: ReadonlyMap<number, string>;
  readonly faults: readonly Fault[];
}

/** Takes the translated calls from the driver's words to the library's. */
export function migrateTranslated(
  opened: OpenedProject,
  active: readonly ActiveCall[],
  checked: Compiler | undefined,
): MigratedTexts {
  const index = indexNames(opened.project);
  const views = viewsIn(opened);
  const found = [...views.values()];
  const calls = findDriverCalls(opened, index).calls.filter(({ receiver }) => idIn(receiver.getText()) !== undefined);
  const own = new Set(calls.map(({ node }) => node));
  const separate = separator(namesakes(index, opened.root, own), index);
  const planned = separate(withoutOverlaps(calls.map((call) => plan(call, views, index))));
  const left = new Map([...notFound(active, calls), ...reasonsOf(planned)]);
  if (left.size > 0) return { texts: new Map(), left, faults: [] };
  const draft = (now: readonly PlannedCall[], extra: readonly Edit[]) =>
    draftOf(now, opened, found, [...extra, ...now.flatMap(heldOpen)]);
  if (checked === undefined) return { texts: draft(planned, []).texts, left, faults: [] };
  // One compiler for all tries: it reads the types of the packages once.
  const texts = new Map(
    opened.project.getSourceFiles().map((file) => [file.getFilePath(), file.getFullText()] as const),
  );
  const compiler = {
    newFaults: (changed: ReadonlyMap<string, string>, only?: ReadonlySet<string>) =>
      checked.newFaults(new Map([...texts, ...changed]), only),
  };
  const settled = settle(planned, { opened, compiler, index, separate, draft });
  return {
    texts: draft(settled.planned, settled.extra).texts,
    left: new Map(reasonsOf(settled.planned)),
    faults: settled.faults,
  };
}

/** A call that is undone goes back to the other library's text, which is not here. Until all is tried again, its value is `any`. */
function heldOpen({ call, rewrite }: PlannedCall): readonly Edit[] {
  return rewrite === undefined ? [replace(call.node, '(undefined as any)')] : [];
}

function plan(call: DriverCall, views: ReadonlyMap<string, ViewFacts>, index: NameIndex): PlannedCall {
  const collection = call.collections[0] ?? '';
  const view = views.get(collection);
  try {
    if (view === undefined) {
      const place = [...views.values()][0]?.file.getFilePath();
      throw new CannotMigrate(
        `the collection '${collection}' has no view${place === undefined ? '' : `: write one beside the others, in ${place.slice(dirname(place).length + 1)}`}`,
      );
    }
    return { call, view, rewrite: planCall(call, view, index), reason: undefined, isMarked: false };
  } catch (thrown) {
    if (!(thrown instanceof CannotMigrate)) throw thrown;
    return { call, view, rewrite: undefined, reason: thrown.message, isMarked: false };
  }
}

function reasonsOf(planned: readonly PlannedCall[]): readonly (readonly [id: number, reason: string])[] {
  return planned.flatMap(({ call, reason }) => {
    const id = idIn(call.receiver.getText());
    return id === undefined || reason === undefined ? [] : [[id, reason] as const];
  });
}

/** A call whose translation is not found again would be left half done. */
function notFound(
  active: readonly ActiveCall[],
  own: readonly DriverCall[],
): readonly (readonly [id: number, reason: string])[] {
  const ids = new Set(own.map(({ receiver }) => idIn(receiver.getText())));
  return active.flatMap(({ id }) => (ids.has(id) ? [] : [[id, 'the translated call is not found again'] as const]));
}
