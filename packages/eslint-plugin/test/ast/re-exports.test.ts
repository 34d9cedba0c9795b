import { describe, expect, it } from 'vitest';

import { noRequestInTrusted } from '../../src/rules/no-request-in-trusted.ts';
import { FOUND, NOT_FOUND } from '../cases/re-exports.ts';
import { reports } from '../reports.ts';

describe('a mark that a file of the project exports again, without types', () => {
  it.each(FOUND)('finds %s', (code) => {
    expect(reports(noRequestInTrusted, code)).toHaveLength(1);
  });

  it.each(NOT_FOUND)('does not report %s', (code) => {
    expect(reports(noRequestInTrusted, code)).toEqual([]);
  });
});

describe('a mark that a file of the project exports again, with types', () => {
  it.each(FOUND)('finds %s', (code) => {
    expect(reports(noRequestInTrusted, code, { hasTypes: true })).toHaveLength(1);
  });

  it.each(NOT_FOUND)('does not report %s', (code) => {
    expect(reports(noRequestInTrusted, code, { hasTypes: true })).toEqual([]);
  });
});
