export type { SafeAggregationCursor } from './collection/safe-aggregation-cursor.ts';
export { createSafeDb } from './collection/safe-db.ts';
export { SafeCollection, type SafeCollectionClass } from './collection/safe-collection.ts';
export type { SafeBulkFind } from './collection/safe-bulk-find.ts';
export type { SafeBulkOperation } from './collection/safe-bulk-operation.ts';
export type { SafeChangeStream } from './collection/safe-change-stream.ts';
export type { SafeCursor } from './collection/safe-cursor.ts';
export { sendable, type SendableOptions } from './http/sendable.ts';
export type { JsonStream } from './results/json/json-stream.ts';
export type { ProvedJson } from './results/json/proved-json.ts';
export type { Broadcast } from './driver/target.ts';
export type { SafeCollectionOptions } from './collection/collection-options.ts';
export type { SealKey } from './seal/parse-seal-keys.ts';
export { withTransaction } from './collection/with-transaction.ts';
export { BulkWriteFailedError, type BulkCounts, type BulkFailure } from './errors/bulk-write-failed-error.ts';
export { DatabaseError } from './errors/database-error.ts';
export { DuplicateKeyError } from './errors/duplicate-key-error.ts';
export { ERROR_CODES, type ErrorCode } from './errors/error-codes.ts';
export { RefusedCallError } from './errors/refused-call-error.ts';
export { SafeCollectionError } from './errors/safe-collection-error.ts';
export { SchemaDriftError } from './errors/schema-drift-error.ts';
export { ValidationError } from './errors/validation-error.ts';
export { VersionConflictError } from './errors/version-conflict-error.ts';
export { ViewError } from './errors/view-error.ts';
export { defined } from './input/defined.ts';
export { everything } from './values/everything.ts';
export { op } from './values/op.ts';
export { opaqueId } from './values/opaque-id.ts';
export { trusted } from './values/trusted.ts';
export type { Audiences } from './types/audiences.ts';
export type { Capabilities, CapabilitiesOf } from './types/capabilities.ts';
export type { ChangeEvent, ConsumerContext } from './types/change-event.ts';
export type { Exposed, ExposedMark } from './types/exposed.ts';
export type { JsonOptions, JsonStreamOptions } from './types/json-options.ts';
export type { JSONSchema, SchemaDescription } from './types/json-schema.ts';
export type { Op } from './types/op.ts';
export type { OpaqueId, OpaqueIdMark } from './types/opaque-id.ts';
export type { PipelineBuilder, PipelineReads, ProjectedPipeline } from './types/pipeline/builder.ts';
export type { ViewState } from './types/pipeline/source-state.ts';
export type { After, PipelineState } from './types/pipeline/state.ts';
export type { DefaultCapabilities } from './types/public-paths.ts';
export type { Page } from './types/page.ts';
export type { Limited, Selection } from './types/projection.ts';
export type { StandardSchema, ViewSchema } from './types/standard-schema.ts';
export type { Trusted } from './types/trusted.ts';
export type { SafeDbTransaction, Transaction } from './types/transaction.ts';
export type { SafeDb, ScopedDb } from './types/safe-db.ts';
export type { UnscopedCollection } from './types/scope.ts';
export type { View } from './types/view.ts';
export type {
  CollectionOf,
  Projected,
  PublicOf,
  SafeFilter,
  SafeInsert,
  SafeSort,
  SafeUpdate,
} from './types/view-helpers.ts';
export type {
  BulkWriteResult,
  DeleteResult,
  InsertManyResult,
  InsertOneResult,
  ReplaceResult,
  UpdateResult,
} from './types/write/results.ts';
export { defineAudiences } from './view/define-audiences.ts';
export { defineView, type DeclaredViewDefiner, type ViewDefiner } from './view/define-view.ts';
export { subtree } from './values/subtree.ts';
