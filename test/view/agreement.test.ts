import { describe, expect, it } from 'vitest';
import { defineView, subtree, ViewError } from 'safe-collection';

const define = (spec: object) => () => defineView<Record<string, unknown>>()(spec as never);

describe('a path that is a leaf in one set and a branch in another is refused when the view is defined', () => {
  it.each<readonly [string, object, string]>([
    ['a writable leaf above a public one', { public: { 'profile.bio': 1 }, writable: { profile: 1 } }, 'profile'],
    ['a public leaf above a writable one', { public: { profile: 1 }, writable: { 'profile.bio': 1 } }, 'profile'],
    ['a deeper one', { public: { 'a.b.c': 1 }, writable: { 'a.b': 1 } }, 'a.b'],
    [
      'a filterable leaf above a public one',
      { public: { name: 1, 'profile.bio': 1 }, filterable: { 'profile.bio': 0, profile: 1 } },
      'profile',
    ],
    [
      'a filterable leaf below a public one',
      { public: { profile: 1 }, filterable: { profile: 0, 'profile.bio': 1 } },
      'profile',
    ],
    [
      'a sortable leaf above a public one',
      { public: { 'profile.bio': 1 }, sortable: { 'profile.bio': 0, profile: 1 } },
      'profile',
    ],
    [
      'a joinable leaf above a public one',
      { public: { 'profile.bio': 1 }, joinable: { 'profile.bio': 0, profile: 1 } },
      'profile',
    ],
    [
      'a writable leaf above a filterable one',
      { public: { name: 1 }, filterable: { 'profile.ssn': 1 }, writable: { profile: 1 } },
      'profile',
    ],
    [
      'a sortable leaf above a writable one',
      { public: { name: 1 }, sortable: { profile: 1 }, writable: { 'profile.ssn': 1 } },
      'profile',
    ],
    ['a timestamp above a public leaf', { public: { 'made.at': 1 }, timestamps: { createdAt: 'made' } }, 'made'],
    ['a version above a filterable leaf', { public: { name: 1 }, filterable: { 'rev.n': 1 }, version: 'rev' }, 'rev'],
  ])('%s', (_, spec, path) => {
    expect(define(spec)).toThrow(expect.objectContaining({ name: 'ViewError', code: 'view_contradiction', path }));
    expect(define(spec)).toThrow(ViewError);
  });
});

describe('two paths of one set, one of which contains the other', () => {
  it.each<readonly [string, object, string]>([
    ['the shorter one last', { public: { 'a.b': 1, a: 1 } }, "'a' and 'a.b' overlap"],
    ['the shorter one first', { public: { a: 1, 'a.b': 1 } }, "'a.b' and 'a' overlap"],
    [
      'one that was public before',
      { public: { '_id.hall': 1 }, filterable: { _id: 1 } },
      "'_id' and '_id.hall' overlap",
    ],
  ])('are both named: %s', (_, spec, message) => {
    expect(define(spec)).toThrow(message);
  });
});

describe('a view may have', () => {
  it.each<readonly [string, object]>([
    [
      'the same leaf in every set',
      { public: { 'profile.bio': 1 }, writable: { 'profile.bio': 1 }, filterable: { 'profile.bio': 1 } },
    ],
    [
      'other leaves of one branch',
      { public: { 'profile.bio': 1 }, writable: { 'profile.avatar': 1 }, filterable: { 'profile.ssn': 1 } },
    ],
    ['a leaf below a public subtree', { public: { settings: subtree }, writable: { 'settings.theme': 1 } }],
    ['a writable subtree above a public leaf', { public: { 'settings.theme': 1 }, writable: { settings: subtree } }],
    ['parts of an _id that is filtered whole', { public: { name: 1 }, writable: { '_id.tenant': 1 } }],
  ])('%s', (_, spec) => {
    expect(define(spec)).not.toThrow();
  });
});

it.each(['filterable', 'sortable', 'joinable'])('subtree is no mark of %s', (part) => {
  expect(define({ public: { name: 1 }, [part]: { settings: subtree } })).toThrow(
    expect.objectContaining({ code: 'view_value', path: 'settings' }),
  );
});
