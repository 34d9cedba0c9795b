import { readFile } from 'node:fs/promises';

import { Instrumenter } from '@stryker-mutator/instrumenter';

import { strykerPlugins } from './ignore-sentences.mjs';

/** Prints all mutants of the files as JSON, without those that Stryker is told to ignore. In JavaScript, because its types need `skipLibCheck`. */
const ignorers = strykerPlugins.map(({ value }) => value);
const nothing = () => {};
const silent = { debug: nothing, info: nothing, warn: nothing, isDebugEnabled: () => false };
const sources = await Promise.all(
  process.argv.slice(2).map(async (name) => ({ name, mutate: true, content: await readFile(name, 'utf8') })),
);
const options = { plugins: null, excludedMutations: [], ignorers };
const { mutants } = await new Instrumenter(silent).instrument(sources, options);
const run = mutants.filter(({ status }) => status === undefined);
process.stdout.write(
  JSON.stringify(
    run.map(({ fileName, mutatorName, replacement, location: { start, end } }) => ({
      file: fileName,
      mutator: mutatorName,
      replacement,
      line: start.line + 1,
      column: start.column,
      endLine: end.line + 1,
      endColumn: end.column,
    })),
  ),
);
