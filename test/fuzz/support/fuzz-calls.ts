import { changesOf } from '../../security/support/cells.ts';
import type { Attempt, Matrix, Mode } from '../../security/support/matrix.ts';
import { seenOf, type Seen } from '../../security/support/outcome.ts';
import { ByteSource } from './byte-source.ts';
import { callOf } from './call-source.ts';

const MODES: readonly Mode[] = ['direct', 'scoped'];

/** From this first byte on, an input makes a rare call. */
const RARE_FROM = 224;

/** How long a call may take. The server and the machine are not the library's: this is to see a hang. */
const LONGEST = 5_000;

/** What came of the calls. */
export interface CallCounts {
  refused: number;
  failed: number;
  answered: number;
}

/**
 * Runs the call that the bytes make in two databases which differ only in private data. Refused: no command was sent. Otherwise: no private value
 * in what the caller sees, and the same in both; trusted code may see private values, but no error has one. Throws if not.
 */
export async function fuzzCall(input: Uint8Array, matrix: Matrix, counts: CallCounts): Promise<void> {
  const bytes = new ByteSource(input);
  const byte = bytes.byte();
  const mode = MODES[byte % MODES.length] as Mode;
  const { caller, source } = callOf(bytes, byte >= RARE_FROM);
  const seesAll = caller.kind === 'privileged';
  const attempt = { source, mode, changes: changesOf(caller) };
  matrix.takeSent();
  const began = performance.now();
  const first = await seenOf(async () => await matrix.call(attempt, 0));
  const sent = matrix.takeSent();
  if (performance.now() - began > LONGEST) throw new Error(`Hangs: ${source}`);
  if ((first.isError || !seesAll) && first.text.includes('zebra'))
    throw new Error(`A private value in ${first.text}: ${source}`);
  if (first.text.startsWith('RefusedCallError')) {
    counts.refused += 1;
    if (sent.length > 0) throw new Error(`Refused after ${sent[0]?.commandName} was sent: ${source}`);
    return;
  }
  if (first.isError && first.code === undefined) throw new Error(`Ends with ${first.text}: ${source}`);
  counts[first.isError ? 'failed' : 'answered'] += 1;
  if (!seesAll) await compareWith(first, attempt, matrix);
}

async function compareWith(first: Seen, attempt: Pick<Attempt, 'source' | 'mode' | 'changes'>, matrix: Matrix) {
  const second = await seenOf(async () => await matrix.call(attempt, 1));
  await matrix.restore(attempt);
  if (second.text !== first.text) throw new Error(`${first.text} or ${second.text}: ${attempt.source}`);
}

export const noCallCounts = (): CallCounts => ({ refused: 0, failed: 0, answered: 0 });
