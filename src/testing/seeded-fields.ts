import type { Document } from 'mongodb';

import type { PathTree } from '../view/path-tree.ts';
import { scopePathsOf, type ViewPolicy } from '../view/policy.ts';
import { isPlainDocument } from './vary-value.ts';

/** Tells the fields that differ between the worlds from those that are the same. */
export interface FieldRules {
  /** Whether the field, with all below it, is the same in both worlds. */
  isShared(path: string): boolean;
  /** Whether a part of the field is the same in both worlds. */
  isPartlyShared(path: string): boolean;
}

/** The rules of a view. A path that may be filtered, sorted or joined by is a declared disclosure, so it is the same in both worlds. */
export function fieldRules(policy: ViewPolicy, same: readonly string[]): FieldRules {
  const trees: readonly PathTree[] = [policy.public, policy.filterable, policy.sortable, policy.joinable];
  const shared = new Set(['_id', ...scopePathsOf(policy), ...same]);
  return {
    isShared: (path) => shared.has(path) || trees.some((tree) => tree.covers(policy.opaque.nameOf(path))),
    isPartlyShared: (path) =>
      [...shared].some((each) => each.startsWith(`${path}.`)) || trees.some((tree) => tree.at(path)?.kind === 'branch'),
  };
}

/** The topmost private paths of the documents, such as `password_hash` and `profile.ssn`. */
export function privatePaths(documents: readonly Document[], rules: FieldRules): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const document of documents) collect(document, '', rules, paths);
  return paths;
}

function collect(value: unknown, prefix: string, rules: FieldRules, paths: Set<string>): void {
  if (Array.isArray(value)) for (const element of value) collect(element, prefix, rules, paths);
  if (!isPlainDocument(value)) return;
  for (const [key, below] of Object.entries(value)) {
    const path = `${prefix}${key}`;
    if (rules.isShared(path)) continue;
    if (rules.isPartlyShared(path)) collect(below, `${path}.`, rules, paths);
    else paths.add(path);
  }
}
