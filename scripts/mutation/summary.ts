import type { Mutant } from './find-mutants.ts';
import { textTable } from '../text-table.ts';

/** What became of a mutant: Stryker's own words. */
export interface Tried extends Mutant {
  readonly status: string;
}

const KILLED: ReadonlySet<string> = new Set(['Killed', 'Timeout']);
const SURVIVED = 'Survived';
const NOT_COVERED = 'NoCoverage';
const COLUMNS = ['mutants', 'killed', 'survived', 'no coverage', 'not run', 'score'] as const;

export const isKept = ({ status }: Tried): boolean => status === SURVIVED || status === NOT_COVERED;

/** One row for each folder, and the sum. The score leaves out what did not run. */
export function summaryTable(tried: readonly Tried[]): string {
  const folders = [...new Set(tried.map(folderOf))].toSorted();
  const rows = folders.map((folder) =>
    rowOf(
      folder,
      tried.filter((each) => folderOf(each) === folder),
    ),
  );
  return textTable([['folder', ...COLUMNS], ...rows, rowOf('all', tried)]);
}

/** The survivors, as a list for the file. */
export function survivorList(tried: readonly Tried[]): string {
  return tried
    .filter(isKept)
    .map(({ file, line, column, mutator, replacement, status }) => {
      const what = status === NOT_COVERED ? ' (no test runs it)' : '';
      return `${file}:${line}:${column} ${mutator}${what}: ${replacement.replaceAll(/\s+/g, ' ')}`;
    })
    .toSorted()
    .join('\n');
}

const folderOf = ({ file }: Tried): string => file.split('/').slice(0, -1).join('/');

function rowOf(name: string, tried: readonly Tried[]): string[] {
  const killed = tried.filter(({ status }) => KILLED.has(status)).length;
  const survived = tried.filter(({ status }) => status === SURVIVED).length;
  const notCovered = tried.filter(({ status }) => status === NOT_COVERED).length;
  const ran = killed + survived + notCovered;
  const score = ran === 0 ? '–' : `${((killed / ran) * 100).toFixed(1)} %`;
  return [name, ...[tried.length, killed, survived, notCovered, tried.length - ran].map(String), score];
}
