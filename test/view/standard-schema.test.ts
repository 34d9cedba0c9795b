import { DBRef, ObjectId } from 'mongodb';
import { defineView, sendable, subtree } from 'safe-collection';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

interface User {
  _id: ObjectId;
  username: string;
  joined_at: Date;
  tags: string[];
  profile?: { bio?: string; ssn: string };
  addresses: { city: string; access_code: string }[];
  settings: Record<string, unknown>;
  password_hash: string;
}

const userView = defineView<User>()({
  public: { username: 1, joined_at: 1, tags: 1, 'profile.bio': 1, 'addresses.city': 1, settings: subtree },
  arrays: { tags: 1, addresses: 1 },
});

const schema = userView.toStandardSchema();
const check = (value: unknown) => schema['~standard'].validate(value);

const ADA = {
  username: 'ada',
  joined_at: new Date(0),
  tags: ['a'],
  profile: { bio: 'x' },
  addresses: [{ city: 'London' }, {}],
  settings: { deep: { er: 1 } },
};

describe('the Standard Schema of a view', () => {
  it('accepts what the view returns, and gives a result that may be sent', () => {
    const result = check(ADA);
    expect(result).toEqual({ value: ADA });
    expect(sendable(result.issues === undefined ? result.value : {})).toEqual(ADA);
    expect(check({})).toEqual({ value: {} });
  });

  it('gives a copy', () => {
    const value = { tags: ['a'] };
    const result = check(value);
    value.tags.push('SECRET');
    expect(result).toEqual({ value: { tags: ['a'] } });
  });

  it.each([
    [{ ...ADA, password_hash: 'SECRET' }, ['password_hash']],
    [{ _id: new ObjectId() }, ['_id']],
    [{ profile: { bio: 'x', ssn: 'SECRET' } }, ['profile', 'ssn']],
    [{ addresses: [{ city: 'x' }, { access_code: 'SECRET' }] }, ['addresses', 1, 'access_code']],
    [{ username: { first: 'SECRET' } }, ['username']],
    [{ username: ['SECRET'] }, ['username']],
    [{ username: new DBRef('SECRET', new ObjectId()) }, ['username']],
    [{ tags: 'SECRET' }, ['tags']],
    [{ addresses: { city: 'SECRET' } }, ['addresses']],
    [{ settings: { x: new DBRef('SECRET', new ObjectId()) } }, ['settings']],
    [JSON.parse('{"__proto__":{"username":"SECRET"}}') as object, ['__proto__']],
    [{ [Symbol.for('SECRET')]: 1 }, [Symbol.for('SECRET')]],
  ])('refuses %j, with the place and without the value', (value, path) => {
    const { issues = [] } = check(value);
    expect(issues.map((issue) => issue.path)).toEqual([path]);
    if (typeof path[0] === 'string') expect(JSON.stringify(issues)).not.toContain('SECRET');
  });

  it.each([null, undefined, 'ada', 1, [ADA], new URL('https://example.com'), new Proxy({}, {})])(
    'refuses %s',
    (value) => {
      expect(check(value).issues).toHaveLength(1);
    },
  );

  it('names each key that is too many, up to twenty', () => {
    expect(check({ a: 1, b: 2 }).issues).toHaveLength(2);
    expect(check(Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, 1]))).issues).toHaveLength(
      20,
    );
  });

  it('of a projection accepts only its paths', () => {
    const card = userView.toStandardSchema(['username', 'profile'])['~standard'];
    expect(card.validate({ username: 'ada', profile: { bio: 'x' } })).toMatchObject({ value: { username: 'ada' } });
    expect(card.validate({ username: 'ada', tags: [] }).issues).toHaveLength(1);
  });

  it('is refused for a path that is not public', () => {
    expect(() => userView.toStandardSchema({ password_hash: 1 } as never)).toThrow(
      expect.objectContaining({ code: 'projection_path' }),
    );
  });

  it('is frozen, and has the version and the vendor that the standard asks for', () => {
    expect(schema['~standard']).toMatchObject({ version: 1, vendor: 'safe-collection' });
    expect(Object.isFrozen(schema) && Object.isFrozen(schema['~standard'])).toBe(true);
  });

  it('a zod schema can ask it for its opinion', () => {
    const viaZod = z.unknown().refine((value) => check(value).issues === undefined);
    expect(viaZod.safeParse({ username: 'ada' }).success).toBe(true);
    expect(viaZod.safeParse({ api_key: 'x' }).success).toBe(false);
  });
});
