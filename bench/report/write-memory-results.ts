import type { MemoryBench } from '../memory/run-memory-bench.ts';
import type { HeapSample } from '../memory/stream-documents.ts';
import { markdownTable } from './table.ts';
import { machine, versionOf } from './versions.ts';

const MEGABYTE = 1024 * 1024;

/** The heap while documents are streamed, as Markdown. */
export function writeMemoryResults(bench: MemoryBench, total: number): string {
  const ways = [...bench];
  const [, first] = ways[0] ?? ['', []];
  return `${[
    '# The heap while documents are streamed',
    'Made by `npm run bench:memory`; do not edit.',
    `${machine()}, mongodb ${versionOf('mongodb', 'root')}. ${total.toLocaleString('en')} documents, three paths of each; every number is what the heap still holds after a full collection, in megabytes. A flat column is a read that keeps nothing.`,
    markdownTable(
      ['documents', ...ways.map(([name]) => name)],
      first.map(({ documents }, index) => [documents.toLocaleString('en'), ...ways.map(([, samples]) => megabytes(samples[index]))]),
    ),
    markdownTable(
      ['', 'growth over the second half, megabytes'],
      ways.map(([name, samples]) => [name, growth(samples)]),
    ),
  ].join('\n\n')}\n`;
}

/** From the middle sample to the last. */
function growth(samples: readonly HeapSample[]): string {
  const middle = samples[Math.floor(samples.length / 2)];
  return ((heldBytes(samples.at(-1)) - heldBytes(middle)) / MEGABYTE).toFixed(2);
}

function megabytes(sample: HeapSample | undefined): string {
  return (heldBytes(sample) / MEGABYTE).toFixed(2);
}

/** Buffers outside the heap count too: that is where batches from the server are. */
function heldBytes(sample: HeapSample | undefined): number {
  return sample === undefined ? 0 : sample.heapBytes + sample.externalBytes;
}
