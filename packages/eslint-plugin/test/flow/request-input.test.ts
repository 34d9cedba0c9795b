import { describe, expect, it } from 'vitest';

import { noRequestInTrusted } from '../../src/rules/no-request-in-trusted.ts';
import { FOUND, NOT_FOUND } from '../cases/request-input.ts';
import { reports } from '../reports.ts';

describe('no-request-in-trusted', () => {
  it.each(FOUND)('finds the request input in %s', (code) => {
    expect(reports(noRequestInTrusted, code)).toHaveLength(1);
  });

  it.each(NOT_FOUND)('finds none in %s', (code) => {
    expect(reports(noRequestInTrusted, code)).toEqual([]);
  });
});
