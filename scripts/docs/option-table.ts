import { METHOD_OPTIONS, type MethodName } from '../../src/grammar/method-options.ts';
import { quoted } from './quoted.ts';

const READS = [
  'find',
  'findOne',
  'findJson',
  'findOneJson',
  'paginate',
  'exists',
  'countDocuments',
  'distinct',
  'estimatedDocumentCount',
] as const satisfies readonly MethodName[];

const WRITES = [
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
  'bulkWrite',
] as const satisfies readonly MethodName[];

/** The table of the read options in docs/reads.md. */
export function readOptions(): string {
  return tableOf(READS);
}

/** The table of the write options in docs/writes.md. */
export function writeOptions(): string {
  return tableOf(WRITES);
}

function tableOf(methods: readonly MethodName[]): string {
  return [
    '| method | options |',
    '|---|---|',
    ...methods.map((method) => `| \`${method}\` | ${quoted(METHOD_OPTIONS[method])} |`),
  ].join('\n');
}
