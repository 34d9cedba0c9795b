import type { Estimate } from '../measure/statistics.ts';

/** A table of Markdown. The first column is text, the others numbers. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** `1.42 (1.38 … 1.47)`. */
export function estimated({ median, low, high }: Estimate): string {
  return `${ratio(median)} (${ratio(low)} … ${ratio(high)})`;
}

/** A ratio with two digits after the point, or one for large numbers. */
export function ratio(value: number): string {
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Milliseconds with about three digits. */
export function milliseconds(value: number): string {
  return value >= 10 ? value.toFixed(1) : value.toPrecision(3);
}
