import { stripVTControlCharacters } from 'node:util';

import { afterEach, beforeEach, vi } from 'vitest';

/** The lines that each test of the calling file prints, without colours. Nothing is written to the terminal. */
export function capturePrinted(): string[] {
  const printed: string[] = [];
  beforeEach(() => {
    printed.length = 0;
    const keep = (text: unknown) => void printed.push(stripVTControlCharacters(String(text)));
    vi.spyOn(console, 'log').mockImplementation(keep);
    vi.spyOn(console, 'error').mockImplementation(keep);
  });
  afterEach(() => vi.restoreAllMocks());
  return printed;
}
