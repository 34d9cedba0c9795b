import type { CallContext } from '../../errors/call-context.ts';
import { TEXT_OPTIONS, type TextOption } from '../../grammar/text-options.ts';
import { isInputObject, type InputCopy } from '../../input/copy-input.ts';
import { emptyDocument, type Emitted } from '../emit.ts';
import { searchesText } from './searching.ts';

const isBoolean = (value: InputCopy): boolean => typeof value === 'boolean';

/** The operands of `$text`, each with the values that it takes. */
const TAKES = {
  $search: { fits: (value) => typeof value === 'string' && !value.includes('\0'), what: 'a string' },
  $language: {
    fits: (value) => typeof value === 'string' && /^[a-z_]{1,32}$/i.test(value),
    what: 'the name of a language',
  },
  $caseSensitive: { fits: isBoolean, what: 'true or false' },
  $diacriticSensitive: { fits: isBoolean, what: 'true or false' },
} satisfies Record<TextOption, { readonly fits: (value: InputCopy) => boolean; readonly what: string }>;

const OPTIONS: ReadonlyMap<string, (typeof TAKES)[TextOption]> = new Map(Object.entries(TAKES));

/** Parses the operand of `$text`: `$search`, and how to compare. */
export function parseText(operand: InputCopy, call: CallContext): Emitted {
  if (!isInputObject(operand) || operand['$search'] === undefined)
    return call.refuse('filter_value', '$text takes { $search: … }: the words to search for.', '$text');
  const emitted = emptyDocument();
  for (const [name, value] of Object.entries(operand)) {
    const option = OPTIONS.get(name);
    if (option === undefined)
      return call.refuse('filter_value', `$text takes ${TEXT_OPTIONS.join(', ')}, and nothing else.`, '$text');
    if (!option.fits(value)) return call.refuse('filter_value', `${name} in $text takes ${option.what}.`, '$text');
    emitted[name] = value;
  }
  return emitted;
}

/** Throws for `$text` in a filter that the server takes without it. */
export function assertNoText(filter: Emitted, where: string, call: CallContext): void {
  if (searchesText(filter)) call.refuse('filter_operator', `$text is not allowed in ${where}.`, '$text');
}
