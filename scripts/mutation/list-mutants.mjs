import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Instrumenter } from '@stryker-mutator/instrumenter';

import { strykerPlugins } from './ignore-sentences.mjs';

/**
 * Prints all mutants of the files as JSON, without those that Stryker is told to ignore. With `--into <folder>` it also writes the files there, with all
 * mutants in them: which one is active is set when they run. In JavaScript, because its types need `skipLibCheck`.
 */
const ignorers = strykerPlugins.map(({ value }) => value);
const nothing = () => {};
const silent = { debug: nothing, info: nothing, warn: nothing, isDebugEnabled: () => false };
const given = process.argv.slice(2);
const folder = given[0] === '--into' ? given[1] : undefined;
const names = folder === undefined ? given : given.slice(2);
const sources = await Promise.all(
  names.map(async (name) => ({ name, mutate: true, content: await readFile(name, 'utf8') })),
);
const options = { plugins: null, excludedMutations: [], ignorers };
const { files, mutants } = await new Instrumenter(silent).instrument(sources, options);
if (folder !== undefined) await Promise.all(files.map(({ name, content }) => writeFile(join(folder, name), content)));
const run = mutants.filter(({ status }) => status === undefined);
process.stdout.write(
  JSON.stringify(
    run.map(({ id, fileName, mutatorName, replacement, location: { start, end } }) => ({
      id,
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
