import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { exportsOf } from '../docs/write-module.ts';

const root = join(import.meta.dirname, '../..');

/** Everything that the package exports. An added or removed name is a visible change that belongs in the changelog. */
const ENTRIES: Readonly<Record<string, { readonly values: readonly string[]; readonly types: readonly string[] }>> = {
  index: {
    values: [
      'BulkWriteFailedError',
      'DatabaseError',
      'DuplicateKeyError',
      'ERROR_CODES',
      'RefusedCallError',
      'SafeCollection',
      'SafeCollectionError',
      'SchemaDriftError',
      'ValidationError',
      'VersionConflictError',
      'ViewError',
      'createSafeDb',
      'defineAudiences',
      'defineView',
      'defined',
      'everything',
      'op',
      'opaqueId',
      'sendable',
      'subtree',
      'trusted',
      'withTransaction',
    ],
    types: [
      'After',
      'Audiences',
      'Broadcast',
      'BulkCounts',
      'BulkFailure',
      'BulkWriteResult',
      'Capabilities',
      'CapabilitiesOf',
      'ChangeEvent',
      'CollectionOf',
      'ConsumerContext',
      'DeclaredViewDefiner',
      'DefaultCapabilities',
      'DeleteResult',
      'ErrorCode',
      'Exposed',
      'ExposedMark',
      'InsertManyResult',
      'InsertOneResult',
      'JSONSchema',
      'JsonOptions',
      'JsonStream',
      'JsonStreamOptions',
      'Limited',
      'Op',
      'OpaqueId',
      'OpaqueIdMark',
      'Page',
      'PipelineBuilder',
      'PipelineReads',
      'PipelineState',
      'Projected',
      'ProjectedPipeline',
      'ProvedJson',
      'PublicOf',
      'ReplaceResult',
      'SafeAggregationCursor',
      'SafeBulkFind',
      'SafeBulkOperation',
      'SafeChangeStream',
      'SafeCollectionClass',
      'SafeCollectionOptions',
      'SafeCursor',
      'SafeDb',
      'SafeDbTransaction',
      'SafeFilter',
      'SafeInsert',
      'SafeSort',
      'SafeUpdate',
      'SchemaDescription',
      'ScopedDb',
      'SealKey',
      'Selection',
      'SendableOptions',
      'StandardSchema',
      'Transaction',
      'Trusted',
      'UnscopedCollection',
      'UpdateResult',
      'View',
      'ViewDefiner',
      'ViewSchema',
      'ViewState',
    ],
  },
  privileged: {
    values: ['PrivilegedCollection', 'Sensitive', 'createMongoView'],
    types: [
      'MongoView',
      'MongoViewOptions',
      'NotExposed',
      'NotExposedMark',
      'PrivilegedCollectionClass',
      'PrivilegedRead',
      'PrivilegedSettings',
      'UnscopedPrivilegedCollection',
    ],
  },
  fastify: { values: ['guardResponses'], types: ['ResponseGuardOptions'] },
  express: { values: ['guardResponses'], types: ['ResponseGuardOptions'] },
  hono: { values: ['guardResponses'], types: ['ResponseGuardOptions'] },
  testing: {
    values: ['twoWorlds', 'worldMatchers'],
    types: [
      'FetchApp',
      'FetchHandler',
      'InjectApp',
      'NestApp',
      'ServerApp',
      'TestedApp',
      'TwoWorldsReport',
      'TwoWorldsSettings',
      'WorldDifference',
      'WorldMatchers',
      'WorldRequest',
      'World',
    ].toSorted(),
  },
  agent: {
    values: ['agentTools'],
    types: [
      'AgentOptions',
      'AgentTools',
      'CollectionDescription',
      'FieldDescription',
      'ToolAnswer',
      'ToolCallEntry',
      'ToolChoice',
      'ToolDescriptor',
      'ToolRefusal',
      'ToolSchema',
    ],
  },
};

describe.each(Object.entries(ENTRIES))('the entry %s', (entry, { values, types }) => {
  const text = readFileSync(join(root, `src/${entry}.ts`), 'utf8');

  it('exports these values and no other', async () => {
    const module = (await import(`../../src/${entry}.ts`)) as object;
    expect(Object.keys(module).toSorted()).toEqual(values);
  });

  it('exports these types and no other', () => {
    const written = exportsOf(text, entry).filter(({ isType }) => isType);
    expect(written.map(({ name }) => name).toSorted()).toEqual(types);
  });

  it('does nothing but export', () => {
    const rest = text.replaceAll(/^export (?:type )?\{[^}]+\} from '\.\/.+\.ts';$/gm, '');
    expect(rest.trim()).toBe('');
  });
});

it('package.json has these entries and no other', () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object };
  const names = Object.keys(ENTRIES).map((entry) => (entry === 'index' ? '.' : `./${entry}`));
  expect(Object.keys(exports).toSorted()).toEqual([...names, './package.json'].toSorted());
});
