import { ObjectId } from 'mongodb';
import type { CollectionOf, SafeFilter, SafeUpdate, View } from 'safe-collection';
import { describe, expect, it } from 'vitest';

import { twoWorlds, userView } from '../support/worlds.ts';

const { users, refused } = twoWorlds();

/** The compiler does not know the view here, so it lets paths through that the view does not have. */
// oxlint-disable-next-line typescript/no-explicit-any -- the only type that every view has
class Repository<V extends View<any, any, any>> {
  readonly #documents: CollectionOf<V>;
  readonly #view: V;

  constructor(documents: CollectionOf<V>, view: V) {
    this.#documents = documents;
    this.#view = view;
  }

  async find(filter: SafeFilter<V>) {
    return await this.#documents.find(filter, { projection: this.#view, sort: { username: 1 } }).toArray();
  }

  async exists(_id: ObjectId) {
    return await this.#documents.exists({ _id });
  }

  async findByHash(password_hash: string) {
    return await this.#documents.findOne({ password_hash }, { projection: this.#view });
  }

  async sortedByHash() {
    return await this.#documents.find({}, { projection: this.#view, sort: { password_hash: 1 } }).toArray();
  }

  async update(_id: ObjectId, update: SafeUpdate<V>) {
    return await this.#documents.updateOne({ _id }, update);
  }

  async removeAll(filter: SafeFilter<V>) {
    return await this.#documents.deleteMany(filter);
  }
}

describe('code that is generic over views', () => {
  it('reads what the view has', async () => {
    const found = await new Repository(users(), userView).find({ username: 'ada' });
    expect(found.map(({ username, age }) => [username, age])).toEqual([['ada', 20]]);
    expect(JSON.stringify(found)).not.toContain('hash');
    expect(await new Repository(users(), userView).exists(new ObjectId())).toBe(false);
  });

  it('is refused a filter, a sort, an update and a deletion that the view does not have', async () => {
    await refused((each) => new Repository(each, userView).findByHash('x'), 'filter_path');
    await refused((each) => new Repository(each, userView).sortedByHash(), 'sort_path');
    await refused(
      (each) => new Repository(each, userView).update(new ObjectId(), { $set: { internal_role: 'admin' } }),
      'write_path',
    );
    await refused((each) => new Repository(each, userView).removeAll({}), 'filter_empty');
  });
});
