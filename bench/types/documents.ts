import { type NestedDocument, nestedDocument, wideDocument } from '../../scripts/types/cost-documents.ts';

/** Documents of four sizes, all of depth 4, by the number of their fields. */
export const DOCUMENTS: ReadonlyMap<number, NestedDocument> = new Map([
  [10, nestedDocument({ top: 3, branches: [1, 1, 1], fields: 7 })],
  [30, nestedDocument({ top: 3, branches: [3, 1, 1], fields: 9 })],
  [100, nestedDocument({ top: 10, branches: [3, 3, 1], fields: 10 })],
  [300, wideDocument()],
]);
