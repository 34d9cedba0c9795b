import { describe, expect, it } from 'vitest';

import { noRawCollection } from '../../src/rules/no-raw-collection.ts';
import { FOUND, FOUND_BY_TYPE, NOT_FOUND, NOT_FOUND_BY_TYPE } from '../cases/openings.ts';
import { reports } from '../reports.ts';

describe('without types', () => {
  it.each(FOUND)('finds %s', (code) => {
    expect(reports(noRawCollection, code)).toHaveLength(1);
  });

  it.each(NOT_FOUND)('does not report %s', (code) => {
    expect(reports(noRawCollection, code)).toEqual([]);
  });
});

describe('with types', () => {
  it.each(FOUND_BY_TYPE)('finds %s', (code) => {
    expect(reports(noRawCollection, code, { hasTypes: true })).toHaveLength(1);
  });

  it.each(NOT_FOUND_BY_TYPE)('does not report %s', (code) => {
    expect(reports(noRawCollection, code, { hasTypes: true })).toEqual([]);
  });
});
