import { visibleIn } from '../../write/support/outcome.ts';

/** All that a caller sees of a call: its result or its error, as text. */
export interface Seen {
  readonly isError: boolean;
  readonly code: string | undefined;
  readonly text: string;
}

/** Runs a call and writes down what its caller sees. */
export async function seenOf(call: () => unknown): Promise<Seen> {
  try {
    return { isError: false, code: undefined, text: printed(await call()) };
  } catch (error) {
    const { code } = error as { readonly code?: string };
    return { isError: true, code, text: hideIds(visibleIn(error)) };
  }
}

/** Results as JSON. Sealed texts and new ids are different each time: only the length of a seal may show something. */
function printed(result: unknown): string {
  const text = JSON.stringify(result, (key, value: unknown) =>
    isSeal(key, value) ? `${key} of ${value.length} characters` : value,
  );
  return hideIds(text ?? 'undefined');
}

function isSeal(key: string, value: unknown): value is string {
  return ['token', 'next', 'previous'].includes(key) && typeof value === 'string';
}

function hideIds(text: string): string {
  return text.replaceAll(/[0-9a-f]{24}/g, '(id)');
}
