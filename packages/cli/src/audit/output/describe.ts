import type { CollectionFacts, FieldFacts } from '../../catalogue/collection-facts.ts';
import type { CallReport } from '../report.ts';

/** `string 98 %, null 2 %` for a sample, `string` for an interface. */
export function describeTypes({ types }: FieldFacts): string {
  const entries = Object.entries(types).toSorted(([, a], [, b]) => b - a);
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0 || entries.length === 1) return entries.map(([type]) => type).join(', ');
  return entries.map(([type, count]) => `${type} ${percent(count / total)}`).join(', ');
}

export function percent(share: number): string {
  if (share > 0 && share < 0.01) return '< 1 %';
  return `${Math.round(share * 100)} %`;
}

export function describeSize({ documents, sampled }: CollectionFacts): string {
  if (documents === undefined) return 'not sampled';
  return `${documents.toLocaleString('en')} documents, ${(sampled ?? 0).toLocaleString('en')} sampled`;
}

export function callName({ collections, method }: CallReport): string {
  return `${collections.length === 0 ? '?' : collections.join('|')}.${method}`;
}

export function describeReturn({ returns: { kind, paths } }: CallReport): string {
  switch (kind) {
    case 'whole':
      return 'everything';
    case 'all-but':
      return `all but ${paths.join(', ')}`;
    case 'fields':
      return paths.join(', ');
    case 'unknown':
      return 'decided at run time';
    case 'nothing':
      return 'no document';
  }
}
