import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { compileWithCommand } from '../types/compile-with-command.ts';
import { MISTAKES, MISTAKES_PRELUDE, type Mistake } from './mistakes.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** What a compiler says of a mistake. */
export interface Report {
  readonly mistake: Mistake;
  /** The place of each error as text, which is the marked one if all is right. */
  readonly places: readonly string[];
  /** The first line of the first error, or the sentence in it if it has one. */
  readonly message: string;
}

/**
 * Compiles all mistakes as one module.
 *
 * @param tsc - the path of the command's script below node_modules.
 */
export function compileMistakes(tsc: string): ReadonlyMap<string, readonly Report[]> {
  const folder = join(ROOT, 'node_modules/.cache/safe-collection-mistakes', tsc.replaceAll(/\W/g, '-'));
  mkdirSync(folder, { recursive: true });
  const all = [...MISTAKES.values()].flat();
  const sources = all.map(({ code }) => `${code.replace('«', '').replace('»', '')};`);
  const start = MISTAKES_PRELUDE.split('\n').length;
  writeFileSync(join(folder, 'mistakes.ts'), `${MISTAKES_PRELUDE}${sources.join('\n')}\n`);
  const extended = join(ROOT, 'test/types/tsconfig.json');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: extended, files: ['mistakes.ts'], include: [] }),
  );
  const file = join(folder, 'mistakes.ts');
  const diagnostics = compileWithCommand(join(ROOT, 'node_modules', tsc), join(folder, 'tsconfig.json')).filter(
    (diagnostic) => diagnostic.file === file,
  );
  const reports = all.map((mistake, index): Report => {
    const mine = diagnostics.filter(({ line }) => line === start + index);
    return {
      mistake,
      places: mine.map(({ column }) => marked(sources[index] ?? '', column - 1, mistake.code)),
      message: sentenceOf(mine[0]?.message ?? 'no error'),
    };
  });
  const byCode = new Map(reports.map((report) => [report.mistake, report]));
  return new Map(
    [...MISTAKES].map(([part, mistakes]) => [part, mistakes.map((mistake) => byCode.get(mistake) as Report)]),
  );
}

/** The code with the marks where the compiler reported the error. The end of the marked text is taken from the mistake. */
function marked(source: string, column: number, code: string): string {
  const end = code.indexOf('»') - 1;
  return `${source.slice(0, column)}«${source.slice(column, end)}»${source.slice(end, -1)}`;
}

/** The sentences of a message; without one, the message. Compilers differ in the order of several. */
function sentenceOf(message: string): string {
  const sentence = /Refused<(?<text>(?:"[^"]*"(?: \| )?)+)>/.exec(message)?.groups?.['text'];
  if (sentence === undefined) return message.split(/\.(?: |$)| but required in /)[0] ?? message;
  return sentence.replaceAll(/^"|"$/g, '').split('" | "').toSorted().join('; ');
}
