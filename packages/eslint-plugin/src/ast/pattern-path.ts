import type { TSESTree } from '@typescript-eslint/utils';

import { type Node, propertyName } from './nodes.ts';
import type { SourceCode } from '../rule.ts';

/** Any member: an element of an array, or a rest. */
export const ANY_MEMBER = '*';

/** The members that lead to a name in a pattern: `['body', 'email']` in `{ body: { email } }`; `undefined` if it is not in the pattern. */
export function patternPath(code: SourceCode, pattern: Node, name: TSESTree.Identifier): readonly string[] | undefined {
  switch (pattern.type) {
    case 'Identifier':
      return pattern === name ? [] : undefined;
    case 'AssignmentPattern':
      return patternPath(code, pattern.left, name);
    case 'RestElement':
      return below(ANY_MEMBER, patternPath(code, pattern.argument, name));
    case 'TSParameterProperty':
      return patternPath(code, pattern.parameter, name);
    case 'ArrayPattern':
      return first(pattern.elements, (element) =>
        element === null ? undefined : below(ANY_MEMBER, patternPath(code, element, name)),
      );
    case 'ObjectPattern':
      return first(pattern.properties, (property) =>
        property.type === 'RestElement'
          ? patternPath(code, property, name)
          : below(propertyName(code, property) ?? ANY_MEMBER, patternPath(code, property.value, name)),
      );
    default:
      return undefined;
  }
}

function below(key: string, path: readonly string[] | undefined): readonly string[] | undefined {
  return path === undefined ? undefined : [key, ...path];
}

function first<T>(
  items: readonly T[],
  look: (item: T) => readonly string[] | undefined,
): readonly string[] | undefined {
  for (const item of items) {
    const path = look(item);
    if (path !== undefined) return path;
  }
  return undefined;
}
