import { op } from 'safe-collection';

import type { Dice } from '../../write/support/random-update.ts';

export type Name = 'users' | 'orders';

/** The opaque ids that calls take: of the rows of the scope, and of rows of others, which only one database has. */
export type Ids = Readonly<Record<Name, { readonly own: readonly string[]; readonly others: readonly string[] }>>;

/** The dice of one call, and the ids that it may take. */
export class Draw {
  readonly dice: Dice;
  readonly #ids: Ids[Name];
  /** Whether an id was drawn. */
  hasId = false;

  constructor(dice: Dice, ids: Ids[Name]) {
    this.dice = dice;
    this.#ids = ids;
  }

  /** A condition on the opaque id: of a row of the scope, of a row of others, or of none. */
  idCondition(): unknown {
    const { dice } = this;
    this.hasId = true;
    const id = this.#id();
    return dice.pick<unknown>([id, id, op({ $ne: id }), op({ $in: [id, this.#id()] }), op({ $nin: [id] }), null]);
  }

  #id(): string {
    const { dice } = this;
    const { own, others } = this.#ids;
    const kind = dice.roll(8);
    if (kind > 2) return dice.pick(own);
    if (kind > 0) return dice.pick(others);
    const id = dice.pick([...own, ...others]);
    const at = dice.roll(id.length);
    return `${id.slice(0, at)}${id[at] === 'A' ? 'B' : 'A'}${id.slice(at + 1)}`;
  }
}
