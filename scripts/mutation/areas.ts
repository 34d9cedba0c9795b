/** A part of the source, and the tests that hold its promises. */
export interface Area {
  readonly name: string;
  /** Files and folders of `src`. */
  readonly source: readonly string[];
  /** Globs of test files. */
  readonly tests: readonly string[];
}

const READS = [
  'test/{guard,projection,view,seal,opaque,privileged}/**/*.test.ts',
  'test/property/filters.test.ts',
  'test/page/paginate.test.ts',
];

/** Stryker runs once for each area. A file belongs to the first area that has it. */
export const AREAS: readonly Area[] = [
  {
    name: 'pipelines',
    source: ['src/plan/pipeline', 'src/plan/populate', 'src/plan/plan-aggregate.ts', 'src/plan/plan-populated.ts'],
    tests: ['test/aggregate/**/*.test.ts'],
  },
  {
    name: 'writes',
    source: ['src/plan/update', 'src/plan/plan-write.ts', 'src/plan/plan-bulk.ts', 'src/plan/plan-replace.ts'],
    tests: ['test/write/**/*.test.ts'],
  },
  {
    name: 'pages',
    source: ['src/plan/page', 'src/plan/plan-page.ts', 'src/results/page-reader.ts', 'src/driver/read-page.ts'],
    tests: ['test/page/**/*.test.ts'],
  },
  {
    name: 'scopes',
    source: ['src/plan/scope', 'src/view/parse-scope.ts'],
    tests: ['test/scope/**/*.test.ts'],
  },
  {
    name: 'results',
    source: ['src/results'],
    tests: ['test/{decode,json,opaque}/**/*.test.ts', 'test/guard/reads.test.ts'],
  },
  {
    name: 'driver',
    source: ['src/driver', 'src/plan/watch', 'src/plan/plan-watch.ts'],
    tests: [
      'test/{live,floor}/**/*.test.ts',
      'test/write/{errors,validators,failure-classes,fail-points,bson-options,versions}.test.ts',
      'test/write/{transactions,transaction-calls,upserted-results}.test.ts',
      'test/decode/{cursors,batches,overlapping-reads}.test.ts',
      'test/scope/**/*.test.ts',
      ...READS,
    ],
  },
  { name: 'reads', source: ['src/view', 'src/plan', 'src/seal', 'src/grammar'], tests: READS },
];

/** What a run without arguments mutates. */
export const MUTATED: readonly string[] = ['src/grammar', 'src/plan', 'src/view', 'src/driver', 'src/results'];

/** They measure time or memory, draw thousands of cases, change prototypes, or start processes. */
export const LEFT_OUT: readonly string[] = [
  'test/aggregate/{planning-cost,two-worlds,plain-view,computed-types,pruning}.test.ts',
  'test/decode/{memory,hostile-server,malformed,prototype,open-cursors,differential}.test.ts',
  'test/json/differential.test.ts',
  'test/live/{consume,consume-fails,reconnect}.test.ts',
  'test/page/walk.test.ts',
  'test/scope/generated.test.ts',
  'test/write/{fuzz-updates,step-down}.test.ts',
];
