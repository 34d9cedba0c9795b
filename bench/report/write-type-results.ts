import type { EditorCost } from '../editor/measure-editor.ts';
import type { HardCost, TypeCost } from '../types/measure-types.ts';
import { markdownTable, milliseconds } from './table.ts';
import { machine, versionOf } from './versions.ts';

/** What types cost, as Markdown. */
export function writeTypeResults(
  costs: readonly TypeCost[],
  hard: readonly HardCost[],
  editor: readonly EditorCost[],
): string {
  return `${[
    '# What the types cost',
    'Made by `npm run bench:types`; do not edit. How it is measured: [performance](../docs/performance.md#types).',
    `${machine()}. ${versions()}.`,
    '## A call',
    "A `findOne` with a filter of one path and a projection of two, on a document of so many fields, of depth 4. **Further** is what a second call instantiates, **50 calls** what fifty more do, **ms** the check time of one of those fifty (from the shortest of three runs; what is below a tenth is noise). The driver does not type projections and mongoose types no result by them, so they have little to instantiate; kysely's tables have a column for each leaf.",
    ...[...new Set(costs.map(({ compiler }) => compiler))].flatMap((compiler) => [
      `### ${compiler}`,
      costTable(costs.filter((cost) => cost.compiler === compiler)),
    ]),
    '## Documents that are hard on types',
    'A document of 37,000 paths, and one that holds documents of its own type: instantiations of the first call and of a second.',
    markdownTable(
      ['', 'compiler', 'first call', 'further call'],
      hard.map(({ document, compiler, first, further }) => [document, compiler, grouped(first), grouped(further)]),
    ),
    '## In the editor',
    'A module with ten calls on the document of 300 fields; milliseconds from a typed key to the answer of the language server, medians. **Completion** stands in the projection of a new call, **hover** on a result, **re-check** gives the errors of the whole module. **Offered** is how many of the 29 paths of the view completion knows.',
    markdownTable(
      ['', 'server', 'completion', 'hover', 're-check', 'offered'],
      editor.map(({ library, server, completion, hover, recheck, offered }) => [
        library,
        server,
        completion.toFixed(0),
        hover.toFixed(0),
        recheck.toFixed(0),
        offered,
      ]),
    ),
  ].join('\n\n')}\n`;
}

function versions(): string {
  const root = ['typescript', 'typescript-5.9', '@typescript/native', 'mongodb'].map(
    (name) => `${name} ${versionOf(name, 'root')}`,
  );
  const peers = ['papr', 'mongoose', 'kysely'].map((name) => `${name} ${versionOf(name)}`);
  return [...root, ...peers].join(', ');
}

function costTable(costs: readonly TypeCost[]): string {
  return markdownTable(
    ['', 'fields', 'further', '50 calls', 'ms'],
    costs.map(({ library, fields, further, fifty, milliseconds: time }) => [
      library,
      String(fields),
      grouped(further),
      grouped(fifty),
      time < 0.1 ? '< 0.1' : milliseconds(time),
    ]),
  );
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
