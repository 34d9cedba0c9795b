import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';

import type { Rule } from '../src/rule.ts';
import { FIXTURES, ROUTES } from './rule-testers.ts';

const linter = new Linter({ cwd: FIXTURES });

/** The messages of a rule for a file of routes, with or without types. */
export function reports<M extends string, O extends readonly unknown[]>(
  rule: Rule<M, O>,
  code: string,
  { hasTypes = false }: { readonly hasTypes?: boolean } = {},
): readonly string[] {
  const found = linter.verify(
    code,
    {
      files: ['**/*.ts'],
      plugins: { own: { rules: { rule } } } as unknown as NonNullable<Linter.Config['plugins']>,
      languageOptions: {
        parser,
        parserOptions: { tsconfigRootDir: FIXTURES, ...(hasTypes ? { projectService: true } : {}) },
      },
      rules: { 'own/rule': 'error' },
    },
    { filename: `${FIXTURES}/${ROUTES}` },
  );
  return found.map(({ message, messageId }) => messageId ?? message);
}
