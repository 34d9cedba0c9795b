import { fileURLToPath } from 'node:url';

import * as parser from '@typescript-eslint/parser';
import { RuleTester, type InvalidTestCase, type ValidTestCase } from '@typescript-eslint/rule-tester';
import { afterAll, describe, it } from 'vitest';

import type { Rule } from '../src/rule.ts';

RuleTester.afterAll = afterAll;
RuleTester.describe = describe;
RuleTester.it = it;

/** The folder of a small project: its `src/` has the folders that the rules get as options. */
export const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));

export const ROUTES = 'src/routes/users.ts';

/** Without types: what oxlint does, and a project in JavaScript. */
const plain = new RuleTester({ languageOptions: { parser, parserOptions: { tsconfigRootDir: FIXTURES } } });
const typed = new RuleTester({
  languageOptions: { parser, parserOptions: { projectService: true, tsconfigRootDir: FIXTURES } },
});

export interface Cases<Messages extends string, Options extends readonly unknown[]> {
  readonly valid: readonly (string | ValidTestCase<Options>)[];
  readonly invalid: readonly InvalidTestCase<Messages, Options>[];
}

export function testWithoutTypes<M extends string, O extends readonly unknown[]>(
  name: string,
  rule: Rule<M, O>,
  cases: Cases<M, O>,
): void {
  plain.run(`${name}, without types`, rule, inRoutes(cases));
}

export function testWithTypes<M extends string, O extends readonly unknown[]>(
  name: string,
  rule: Rule<M, O>,
  cases: Cases<M, O>,
): void {
  typed.run(`${name}, with types`, rule, inRoutes(cases));
}

/** Each case lies in a folder of routes unless it says another. */
function inRoutes<M extends string, O extends readonly unknown[]>({ valid, invalid }: Cases<M, O>) {
  return {
    valid: valid.map((one): ValidTestCase<O> => ({
      filename: ROUTES,
      ...(typeof one === 'string' ? { code: one } : one),
    })),
    invalid: invalid.map((one): InvalidTestCase<M, O> => ({ filename: ROUTES, ...one })),
  };
}
