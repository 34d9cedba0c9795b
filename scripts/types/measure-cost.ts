import { resolve } from 'node:path';

import { deepDocument, recursiveDocument, wideDocument, type CostDocument } from './cost-documents.ts';
import type { Verdict } from './judge.ts';
import { countWithApi, type CountInstantiations } from './count-instantiations.ts';
import { countWithCommand } from './count-with-command.ts';
import { shortPipeline, tenStages, twentyStages } from './pipeline-cost.ts';
import { firstCallCosts, serviceCost } from './service/measure-service-cost.ts';

/** The cost of a call for the compiler. Instantiations are counted, so the numbers are the same on every machine. */
export interface Cost {
  readonly name: string;
  readonly instantiations: number;
  readonly limit: number;
}

const SOURCES = resolve(import.meta.dirname, '../../test/types');

/** Measures reads of several kinds of documents, each as the difference between a program with and without the calls. */
export function measureReads(count = countWithApi): readonly Cost[] {
  return [
    {
      name: 'a further findOne() on 300 fields of depth 4',
      limit: 400,
      instantiations: costOf(wideDocument(), 1, 2, count),
    },
    { name: '50 calls on 300 fields of depth 4', limit: 18_700, instantiations: costOf(wideDocument(), 0, 50, count) },
    { name: 'a further findOne() on 37,000 paths', limit: 1_300, instantiations: costOf(deepDocument(), 1, 2, count) },
    { name: 'a first findOne() on 37,000 paths', limit: 1_300, instantiations: costOf(deepDocument(), 0, 1, count) },
    {
      name: 'a further findOne() on a recursive document',
      limit: 1_300,
      instantiations: costOf(recursiveDocument(), 1, 2, count),
    },
    {
      name: 'a first findOne() on a recursive document',
      limit: 1_300,
      instantiations: costOf(recursiveDocument(), 0, 1, count),
    },
  ];
}

/** Measures pipelines, the first calls of a program, and a whole service, under both compilers. */
export function measurePrograms(count = countWithApi): readonly Cost[] {
  return [
    ...pipelineCosts('TypeScript 6', count),
    ...pipelineCosts('TypeScript 7', countWithCommand),
    ...firstCallCosts('TypeScript 6', count),
    ...firstCallCosts('TypeScript 7', countWithCommand),
    serviceCost('TypeScript 7', countWithCommand),
  ];
}

function pipelineCosts(compiler: string, count: CountInstantiations): readonly Cost[] {
  const [none, one, two] = [shortPipeline(), tenStages(), twentyStages()].map((source) => count(SOURCES, source)) as [
    number,
    number,
    number,
  ];
  return [
    { name: `a pipeline of ten stages, ${compiler}`, limit: 13_200, instantiations: one - none },
    { name: `a second one, of ten other stages, ${compiler}`, limit: 15_500, instantiations: two - one },
  ];
}

/** Checks that each cost is within its limit. */
export function judgeCost(costs: readonly Cost[]): Verdict {
  const broken = costs.filter(({ instantiations, limit }) => instantiations > limit || instantiations <= 0);
  return {
    passed: costs.length - broken.length,
    failures: broken.map(
      ({ name, instantiations, limit }) =>
        `${name}: ${instantiations} instantiations, and at most ${limit} are allowed`,
    ),
  };
}

function costOf(document: CostDocument, before: number, after: number, count: typeof countWithApi): number {
  return count(SOURCES, sourceOf(document, after)) - count(SOURCES, sourceOf(document, before));
}

/** A module with a view of the document and a number of different calls. */
export function sourceOf({ declaration, publicPaths, arrays = [] }: CostDocument, calls: number): string {
  const listed = publicPaths.map((path) => `'${path}': 1`).join(', ');
  const lines = Array.from({ length: calls }, (_, index) => {
    const path = publicPaths[index % publicPaths.length];
    const other = publicPaths[(index * 7 + 1) % publicPaths.length];
    const projection = path === other ? `'${path}': 1` : `'${path}': 1, '${other}': 1`;
    return `export const r${index} = await documents.findOne({ '${publicPaths[0]}': ${valueOf(publicPaths[0])} }, { projection: { ${projection} } });`;
  });
  return `import type { Collection } from 'mongodb';
import { defineView, SafeCollection } from 'safe-collection';
${declaration}
const view = defineView<Stored>()({ public: { ${listed} }, arrays: { ${arrays.map((path) => `'${path}': 1`).join(', ')} } });
const documents = new SafeCollection({} as Collection<Stored>, view);
export const first = documents.distinct('${publicPaths[0]}', {});
${lines.join('\n')}
`;
}

function valueOf(path: string | undefined): string {
  return path?.startsWith('t') ? '1' : "'x'";
}
