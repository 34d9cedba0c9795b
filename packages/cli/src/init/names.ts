import { wordsOf } from '../sensitive/words.ts';

/** `userView` for `users`, `orderItemView` for `order_items`. */
export function constantName(collection: string, taken: Set<string>): string {
  const [first = 'collection', ...rest] = singular(collection);
  return free(`${first}${rest.map(capital).join('')}View`, taken);
}

/** `User` for `users`. */
export function interfaceName(collection: string, taken: Set<string>): string {
  return free(`${singular(collection).map(capital).join('') || 'Collection'}Document`, taken);
}

function singular(collection: string): readonly string[] {
  const words = wordsOf(collection).map((word) => word.replace(/^(?=\d)/, 'n'));
  const last = words.at(-1);
  return last === undefined ? [] : [...words.slice(0, -1), singularOf(last)];
}

function singularOf(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|is|news)$/.test(word)) return word;
  return /(?:ch|sh|x|ss)es$/.test(word) ? word.slice(0, -2) : word.replace(/s$/, '');
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function free(name: string, taken: Set<string>): string {
  let found = name;
  for (let at = 2; taken.has(found); at += 1) found = `${name}${at}`;
  taken.add(found);
  return found;
}
