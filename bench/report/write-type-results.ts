import type { EditorCost } from '../editor/measure-editor.ts';
import type { ServiceCost } from '../types/measure-service.ts';
import type { HardCost, TypeCost } from '../types/measure-types.ts';
import { markdownTable, milliseconds } from './table.ts';
import { machine, versionOf } from './versions.ts';

/** The cost of types as Markdown. */
export function writeTypeResults(
  costs: readonly TypeCost[],
  hard: readonly HardCost[],
  service: readonly ServiceCost[],
  editor: readonly EditorCost[],
): string {
  return `${[
    '# What the types cost',
    'Made by `npm run bench:types`; do not edit. How it is measured: [performance](../docs/performance.md#types).',
    `${machine()}. ${versions()}.`,
    '## A call',
    "A `findOne` with a filter of one path and a projection of two, on a document of that number of fields, of depth 4. **Further** is the number of instantiations of a second call, **50 calls** of fifty more, **ms** the check time of one of those fifty (from the shortest of three runs; values below a tenth are noise). The driver has no types for projections, and mongoose does not use them for the result type, so they have little to instantiate; kysely's tables have a column for each leaf.",
    ...[...new Set(costs.map(({ compiler }) => compiler))].flatMap((compiler) => [
      `### ${compiler}`,
      costTable(costs.filter((cost) => cost.compiler === compiler)),
    ]),
    '## Documents that are difficult for types',
    'A document of 37,000 paths, and one that contains documents of its own type: instantiations of the first call and of a second.',
    markdownTable(
      ['', 'compiler', 'first call', 'further call'],
      hard.map(({ document, compiler, first, further }) => [document, compiler, grouped(first), grouped(further)]),
    ),
    '## A service',
    'A module with 60 collections of 30 fields each, and 600 calls on them, mixed as services make them: mostly reads, then updates, inserts, pipelines and counts. The same calls are written for the built package and for the driver. Everything that the compiler does for this module is counted, the declarations of the library and of the driver included; TypeScript 7 runs on one thread.',
    markdownTable(
      ['', 'compiler', 'instantiations', 'check, s', 'total, s', 'memory, MB'],
      service.map(({ library, compiler, instantiations, check, total, megabytes }) => [
        library,
        compiler,
        grouped(instantiations),
        check.toFixed(2),
        total.toFixed(2),
        megabytes.toFixed(0),
      ]),
    ),
    '## In the editor',
    'A module with ten calls on the document of 300 fields; milliseconds from a typed key to the answer of the language server, medians. **Completion** is in the projection of a new call, **hover** on a result, **re-check** reports the errors of the whole module. **Offered** is the number of paths in the completion list, of the 29 in the view.',
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
