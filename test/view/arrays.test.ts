import { describe, expect, it } from 'vitest';
import { defineView, subtree } from 'safe-collection';

const define = (spec: object) => () => defineView<Record<string, unknown>>()(spec as never);
const view = (arrays: unknown, more: object = {}) =>
  define({ public: { name: 1, tags: 1, 'addresses.city': 1 }, ...more, arrays });

describe('`arrays` names the paths of a view that hold arrays, and how deep these are', () => {
  it.each<[string, object, object?]>([
    ['a leaf', { tags: 1 }],
    ['a branch', { addresses: 1 }],
    ['a leaf below a branch', { 'addresses.city': 2 }],
    ['a scalar or an array', { tags: [0, 1] }],
    ['three depths', { tags: [0, 1, 4] }],
    ['a writable path', { codes: 1 }, { writable: { codes: 1 } }],
    ['a filterable path', { codes: 1 }, { filterable: { codes: 1 } }],
    ['a sortable path', { codes: 1 }, { sortable: { codes: 1 } }],
    ['a joinable path', { codes: 1 }, { joinable: { codes: 1 } }],
    ['a branch above a subtree', { logs: 1 }, { writable: { 'logs.meta': subtree } }],
    ['nothing', {}],
  ])('%s', (_, arrays, more) => {
    expect(view(arrays, more)).not.toThrow();
  });
});

describe('`arrays` is refused when the view is defined', () => {
  const value =
    /the nesting depth of its arrays: 1 for an array, 2 for an array of arrays, up to 4, or an ascending list such as \[0, 1\]/;
  it.each<[string, unknown, string, RegExp, object?]>([
    ['0', { tags: 0 }, 'view_value', value],
    ['five', { tags: 5 }, 'view_value', value],
    ['a half', { tags: 1.5 }, 'view_value', value],
    ['a negative number', { tags: -1 }, 'view_value', value],
    ['true', { tags: true }, 'view_value', value],
    ['a text', { tags: '1' }, 'view_value', value],
    ['null', { tags: null }, 'view_value', value],
    ['an empty list', { tags: [] }, 'view_value', value],
    ['a list of one', { tags: [1] }, 'view_value', value],
    ['a falling list', { tags: [1, 0] }, 'view_value', value],
    ['a depth twice', { tags: [1, 1] }, 'view_value', value],
    ['a list of texts', { tags: ['0', '1'] }, 'view_value', value],
    ['a list with a hole', { tags: Object.assign([], { 1: 1 }) }, 'input_invalid', /./],
    ['a list instead of an object', ['tags'], 'input_invalid', /./],
    ['a path that is named nowhere else', { codes: 1 }, 'view_path', /'codes' is not named elsewhere in this view/],
    ['a path below a leaf', { 'name.first': 1 }, 'view_path', /'name.first' is not named elsewhere in this view/],
    ['a path that a set takes away', { codes: 1 }, 'view_path', /'codes' is not named/, { filterable: { codes: 0 } }],
    ['a malformed path', { 'tags.': 1 }, 'view_path', /empty segment/],
    [
      'a subtree',
      { settings: 1 },
      'view_path',
      /'settings' is a subtree or below one/,
      { writable: { settings: subtree } },
    ],
    [
      'a path below a subtree',
      { 'settings.tags': 1 },
      'view_path',
      /'settings.tags' is a subtree or below one/,
      { writable: { settings: subtree } },
    ],
    [
      'a leaf that another set has below a subtree',
      { 'settings.tags': 1 },
      'view_path',
      /is a subtree or below one/,
      { writable: { settings: subtree }, filterable: { 'settings.tags': 1 } },
    ],
  ])('%s', (_, arrays, code, message, more) => {
    expect(view(arrays, more)).toThrow(
      expect.objectContaining({ name: 'ViewError', code, message: expect.stringMatching(message) as string }),
    );
  });
});
