/** The sentences of the library in a message of the compiler; without one, the first line of the message. */
export function sentenceOf(message: string): string {
  const sentence = /Refused<(?<text>(?:"[^"]*"(?: \| )?)+)>/.exec(message)?.groups?.['text'];
  if (sentence === undefined) return message.split('\n')[0] ?? message;
  return sentence.replaceAll(/^"|"$/g, '').split('" | "').toSorted().join('; ');
}
