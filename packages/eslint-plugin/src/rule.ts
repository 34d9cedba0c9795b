import type { TSESLint } from '@typescript-eslint/utils';

import { rememberFile } from './ast/file-of.ts';

export interface RuleDocs {
  readonly description: string;
  /** Whether the rule finds more with type information. */
  readonly usesTypes: boolean;
}

export type Rule<Messages extends string, Options extends readonly unknown[]> = TSESLint.RuleModule<
  Messages,
  Options,
  RuleDocs
>;
export type Context<Messages extends string, Options extends readonly unknown[]> = Readonly<
  TSESLint.RuleContext<Messages, Options>
>;
export type SourceCode = Readonly<TSESLint.SourceCode>;

interface RuleParts<Messages extends string, Options extends readonly unknown[]> {
  readonly name: string;
  readonly docs: RuleDocs;
  readonly messages: Readonly<Record<Messages, string>>;
  readonly schema: TSESLint.RuleMetaData<Messages>['schema'];
  readonly defaultOptions: Options;
  readonly hasSuggestions?: true;
  readonly create: (context: Context<Messages, Options>) => TSESLint.RuleListener;
}

/** Adds what all rules of this plugin share: the kind, and the path of the page in the package. */
export function defineRule<Messages extends string, Options extends readonly unknown[]>(
  parts: RuleParts<Messages, Options>,
): Rule<Messages, Options> {
  const { name, docs, messages, schema, defaultOptions, create } = parts;
  return {
    meta: {
      type: 'problem',
      docs: { ...docs, url: `docs/rules/${name}.md` },
      messages: { ...messages },
      schema,
      ...(parts.hasSuggestions === true ? { hasSuggestions: true } : {}),
    },
    defaultOptions,
    create: (context) => {
      rememberFile(context.sourceCode, context.filename);
      return create(context);
    },
  };
}
