import { Matrix } from '../../security/support/matrix.ts';
import { fuzzCall, noCallCounts } from '../support/fuzz-calls.ts';
import { tell } from './tell.ts';

/** The whole surface, against the server of `npm run fuzz:coverage`. */
const counts = noCallCounts();
let opening: Promise<Matrix> | undefined;

export async function fuzz(input: Buffer): Promise<void> {
  opening ??= open();
  await fuzzCall(input, await opening, counts);
  tell(counts);
}

async function open(): Promise<Matrix> {
  const matrix = new Matrix(process.env['MONGODB_URI'] ?? '');
  await matrix.open();
  return matrix;
}
