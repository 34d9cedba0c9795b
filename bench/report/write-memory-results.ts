import type { MemoryBench } from '../memory/run-memory-bench.ts';
import type { HeapSample } from '../memory/stream-documents.ts';
import { markdownTable } from './table.ts';
import { machine, versionOf } from './versions.ts';

const MEGABYTE = 1024 * 1024;

/** The heap while documents are streamed, as Markdown. */
export function writeMemoryResults(bench: MemoryBench, total: number): string {
  const ways = [...bench];
  const [, first] = ways[0] ?? ['', []];
  const half = Math.floor(first.length / 2);
  return `${[
    '# The heap while documents are streamed',
    'Made by `npm run bench:memory`; do not edit.',
    `${machine()}, mongodb ${versionOf('mongodb', 'root')}. ${total.toLocaleString('en')} documents, three paths of each; every number is the heap size after a full collection, in megabytes. The server's batches have up to 16 megabytes by default. A batch and the driver's objects for it stay in memory until its last document is read, so a column goes up and down with the batches, but does not grow.`,
    markdownTable(
      ['documents', ...ways.map(([name]) => name)],
      first.map(({ documents }, index) => [
        documents.toLocaleString('en'),
        ...ways.map(([, samples]) => megabytes(samples[index])),
      ]),
    ),
    markdownTable(
      ['', 'most in the first half', 'most in the second half'],
      ways.map(([name, samples]) => [name, most(samples.slice(0, half)), most(samples.slice(half))]),
    ),
  ].join('\n\n')}\n`;
}

function most(samples: readonly HeapSample[]): string {
  return (Math.max(...samples.map(heldBytes)) / MEGABYTE).toFixed(2);
}

function megabytes(sample: HeapSample | undefined): string {
  return (heldBytes(sample) / MEGABYTE).toFixed(2);
}

/** The heap size, including buffers outside the heap, because batches from the server are there. */
function heldBytes(sample: HeapSample | undefined): number {
  return sample === undefined ? 0 : sample.heapBytes + sample.externalBytes;
}
