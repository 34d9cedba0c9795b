import { dataAccessTable } from './data-access-table.ts';
import { filterTable } from './filter-table.ts';
import { geoTable } from './geo-table.ts';
import { readOptions, writeOptions } from './option-table.ts';
import { pipelineTable } from './pipeline-table.ts';
import { bulkTable, updateTable } from './update-table.ts';

/** A region of a page of docs/ that is made from the grammar, or from the data-access layers of the tests. */
export interface Region {
  readonly page: string;
  readonly name: string;
  readonly content: () => string;
}

export const GRAMMAR_REGIONS: readonly Region[] = [
  { page: 'filters.md', name: 'query-operators', content: filterTable },
  { page: 'filters.md', name: 'geo-operators', content: geoTable },
  { page: 'writes.md', name: 'update-operators', content: updateTable },
  { page: 'writes.md', name: 'bulk-models', content: bulkTable },
  { page: 'writes.md', name: 'write-options', content: writeOptions },
  { page: 'aggregation.md', name: 'pipeline', content: pipelineTable },
  { page: 'reads.md', name: 'read-options', content: readOptions },
  { page: 'migrating.md', name: 'data-access', content: dataAccessTable },
];
