import { describe, expect, it } from 'vitest';

import { noPrivilegedImport } from '../../src/rules/no-privileged-import.ts';
import { FOUND, NOT_FOUND } from '../cases/privileged-names.ts';
import { reports } from '../reports.ts';

describe('no-privileged-import', () => {
  it.each(FOUND)('finds %s', (code) => {
    expect(reports(noPrivilegedImport, code)).toHaveLength(1);
  });

  it.each(NOT_FOUND)('does not report %s', (code) => {
    expect(reports(noPrivilegedImport, code)).toEqual([]);
  });
});
