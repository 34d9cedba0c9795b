import type { Edit } from './edit.ts';
import type { PlannedCall } from './migrate-project.ts';
import type { ReturnType } from './return-types.ts';

/** Which return types are removed. One that is put back may be removed once more, and then it stays so. */
export class Annotations {
  readonly #removed = new Map<string, ReturnType>();
  readonly #times = new Map<string, number>();

  get all(): readonly ReturnType[] {
    return [...this.#removed.values()];
  }

  /** Whether it was removed now: not if it is gone already, or was put back for good. */
  remove(type: ReturnType): boolean {
    const times = this.#times.get(keyOf(type)) ?? 0;
    if (this.#removed.has(keyOf(type)) || times > 1) return false;
    this.#removed.set(keyOf(type), type);
    this.#times.set(keyOf(type), times + 1);
    return true;
  }

  within(files: ReadonlySet<string>): readonly ReturnType[] {
    return this.all.filter(({ edit }) => files.has(edit.file));
  }

  /** Those that fit again: rewrites in their functions were undone, and there are no others. */
  idle(planned: readonly PlannedCall[], undone: readonly PlannedCall[]): readonly ReturnType[] {
    return this.all.filter(
      (type) =>
        this.#times.get(keyOf(type)) === 1 &&
        undone.some((one) => isInside(one, type)) &&
        !planned.some((one) => isInside(one, type)),
    );
  }

  /** Those of functions that no rewrite changes. */
  outside(planned: readonly PlannedCall[]): readonly ReturnType[] {
    return this.all.filter((type) => !planned.some((one) => isInside(one, type)));
  }

  putBack(types: readonly ReturnType[]): void {
    for (const type of types) this.#removed.delete(keyOf(type));
  }

  putBackForGood(types: readonly ReturnType[]): void {
    this.putBack(types);
    for (const type of types) this.#times.set(keyOf(type), 2);
  }
}

export function editsOf(types: readonly ReturnType[], without: readonly ReturnType[] = []): readonly Edit[] {
  return types.filter((one) => !without.includes(one)).map(({ edit }) => edit);
}

function keyOf({ edit }: ReturnType): string {
  return `${edit.file}:${edit.start}`;
}

/** Whether a rewrite changes the function of a return type. */
function isInside({ rewrite }: PlannedCall, { edit: { file }, start, end }: ReturnType): boolean {
  return rewrite?.edits.some((edit) => edit.file === file && edit.start >= start && edit.end <= end) === true;
}
