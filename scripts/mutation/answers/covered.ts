/**
 * The numbers of the mutants that a call ran, one bit each, as text. There are thousands of them for each of thousands of calls, so lists of numbers would
 * not fit in the memory.
 */
export function coveredBy(mutants: readonly number[]): string {
  const bits = Buffer.alloc(((mutants.at(-1) ?? 0) >> 3) + 1);
  for (const mutant of mutants) bits[mutant >> 3] = (bits[mutant >> 3] ?? 0) | (1 << (mutant & 7));
  return bits.toString('base64');
}

/** Whether a mutant is among them. */
export function isCovered(bits: Buffer, mutant: number): boolean {
  return ((bits[mutant >> 3] ?? 0) & (1 << (mutant & 7))) !== 0;
}
