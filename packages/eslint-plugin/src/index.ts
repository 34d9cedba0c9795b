import type { ESLint, Linter } from 'eslint';

import { noAnyArgument } from './rules/no-any-argument.ts';
import { noPrivilegedImport } from './rules/no-privileged-import.ts';
import { noRawCollection } from './rules/no-raw-collection.ts';
import { noRequestInTrusted } from './rules/no-request-in-trusted.ts';
import { noSpreadExposed } from './rules/no-spread-exposed.ts';

export type Rules = NonNullable<ESLint.Plugin['rules']>;

export interface Configs {
  readonly recommended: Linter.Config;
}

export interface SafeCollectionPlugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Rules;
  readonly configs: Configs;
}

/** The rules by their names. */
export const rules: Rules = {
  'no-any-argument': noAnyArgument,
  'no-privileged-import': noPrivilegedImport,
  'no-raw-collection': noRawCollection,
  'no-request-in-trusted': noRequestInTrusted,
  'no-spread-exposed': noSpreadExposed,
} as unknown as Rules;

/** Linters use the name and the version as a cache key. */
export const meta = { name: 'eslint-plugin-safe-collection', version: '0.1.0', namespace: 'safe-collection' };

const plugin = { meta, rules };

/** All rules as errors. `no-raw-collection` and `no-privileged-import` allow no folder by default. */
const recommended: Linter.Config = {
  name: 'safe-collection/recommended',
  plugins: { 'safe-collection': plugin },
  rules: {
    'safe-collection/no-any-argument': 'error',
    'safe-collection/no-privileged-import': 'error',
    'safe-collection/no-raw-collection': 'error',
    'safe-collection/no-request-in-trusted': 'error',
    'safe-collection/no-spread-exposed': 'error',
  },
};

/** Configurations for `eslint.config.js`. */
export const configs: Configs = { recommended };

const whole: SafeCollectionPlugin = { meta, rules, configs };
export default whole;
