/** Fields that stages name, by dotted path: the field there, and all that is below it. */
export class FieldSet {
  readonly #paths = new Set<string>();
  #isAll = false;

  add(path: string): void {
    this.#paths.add(path);
  }

  /** Adds every field: of a whole document nobody can tell which ones are meant. */
  addAll(): void {
    this.#isAll = true;
  }

  addFrom(other: FieldSet): void {
    if (other.#isAll) this.#isAll = true;
    for (const path of other.#paths) this.#paths.add(path);
  }

  get isEmpty(): boolean {
    return !this.#isAll && this.#paths.size === 0;
  }

  /** Whether a named field is this one, is above it, or is below it. */
  meets(path: string): boolean {
    return this.#isAll || [...this.#paths].some((each) => each === path || path.startsWith(`${each}.`) || each.startsWith(`${path}.`));
  }

  /** The fields that are named below one, by their paths from there. */
  below(name: string): FieldSet {
    const below = new FieldSet();
    if (this.#isAll) below.addAll();
    for (const path of this.#paths) {
      if (path === name) below.addAll();
      if (path.startsWith(`${name}.`)) below.add(path.slice(name.length + 1));
    }
    return below;
  }
}
