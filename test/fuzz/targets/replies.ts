import { Replies } from '../support/fuzz-replies.ts';
import { tell } from './tell.ts';

/** The decoder, against a server that answers with the bytes of the fuzzer. */
let opening: Promise<Replies> | undefined;

export async function fuzz(input: Buffer): Promise<void> {
  opening ??= Replies.open();
  const replies = await opening;
  await replies.read(input);
  tell(replies.counts);
}
