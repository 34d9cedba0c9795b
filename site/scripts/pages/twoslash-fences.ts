import type { Promised } from '../../../test/docs/block.ts';
import { EXAMPLE_MARK, promisedBy, TS_FENCE } from '../../../test/docs/read-blocks.ts';
import { hiddenImports, type Known } from '../../../test/docs/write-module.ts';
import type { PageBlock } from '../blocks/page-block.ts';

const FILE_MARK = /^<!-- file (?<path>[\w./-]+)(?<refused>, does not compile)? -->$/;
const REFUSED: ReadonlySet<Promised> = new Set(['refused', 'does not compile']);
const NO_FILES: ReadonlyMap<string, string> = new Map();

/** A page whose blocks are marked for twoslash, and the blocks. */
export interface MarkedPage {
  readonly text: string;
  readonly blocks: readonly PageBlock[];
}

/** Marks each TypeScript block of a page, and adds the hidden imports with which the tests compile it. */
export function twoslashFences(page: string, text: string, known: readonly Known[]): MarkedPage {
  const blocks: PageBlock[] = [];
  const saved = new Map<string, string>();
  const marked = text.replaceAll(TS_FENCE, (...args: readonly unknown[]) => {
    const { mark = '', indent = '', code: written = '' } = args.at(-1) as Readonly<Record<string, string>>;
    const code = written.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trimEnd();
    const id = `${page.replaceAll(/\W/g, '-')}-${blocks.length}`;
    blocks.push({ id, page, code, ...surroundingsOf(page, mark, code, known, saved) });
    return ['```ts twoslash', `// @block ${id}`, ...code.split('\n'), '```']
      .map((line) => (line === '' ? '' : indent + line))
      .join('\n');
  });
  return { text: marked, blocks };
}

type Surroundings = Pick<PageBlock, 'hidden' | 'isRefused' | 'isExample' | 'path' | 'others'>;

function surroundingsOf(
  page: string,
  mark: string,
  code: string,
  known: readonly Known[],
  saved: Map<string, string>,
): Surroundings {
  const example = EXAMPLE_MARK.exec(mark)?.groups?.['path'];
  if (example !== undefined) return { hidden: '', isRefused: false, isExample: true, path: example, others: NO_FILES };
  const file = FILE_MARK.exec(mark)?.groups;
  return file === undefined ? plain(page, mark, code, known) : beside(file, code, saved);
}

function plain(page: string, mark: string, code: string, known: readonly Known[]): Surroundings {
  const promised = promisedBy(mark);
  if (promised === undefined) throw new Error(`${page} has an unknown mark: ${mark}`);
  // The last line makes a module of a block that imports and exports nothing.
  const hidden = `${hiddenImports(code, known)} export {};\n`;
  return { hidden, isRefused: REFUSED.has(promised), isExample: false, path: 'block.ts', others: NO_FILES };
}

/** A file of the tutorial, beside those that the reader has saved before. */
function beside(
  { path = '', refused }: Readonly<Record<string, string>>,
  code: string,
  saved: Map<string, string>,
): Surroundings {
  const others = new Map(saved);
  others.delete(path);
  saved.set(path, code);
  return { hidden: '', isRefused: refused !== undefined, isExample: false, path, others };
}
