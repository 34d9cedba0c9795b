/** A kind of path, with an example in the view of the matrix. Values of private paths hold the word zebra, which no output may have. */
export interface Kind {
  /** The column of the table of rules. */
  readonly name: string;
  readonly path: string;
  /** The path as an update writes it. */
  readonly at: string;
  /** A literal that fits the path. */
  readonly value: string;
  /** The same in a document. */
  readonly nested: string;
}

function kind(name: string, path: string, value: string, nested = `'${path}': ${value}`, at = path): Kind {
  return { name, path, at, value, nested };
}

/** The columns of the table of rules. */
export const KINDS: readonly Kind[] = [
  kind('public', 'username', `'ada'`),
  kind('private', 'password_hash', `'zebra-1'`),
  kind('branch', 'profile', `{ bio: 'bio of ada', ssn: 'zebra-1' }`),
  kind('child', 'profile.ssn', `'zebra-1'`, `profile: { bio: 'b', ssn: 'zebra-1' }`),
  kind('element', 'addresses.city', `'London'`, `addresses: [{ city: 'London' }]`, 'addresses.$[].city'),
  kind(
    'hidden',
    'addresses.access_code',
    `'zebra-1'`,
    `addresses: [{ city: 'London', access_code: 'zebra-1' }]`,
    'addresses.$[].access_code',
  ),
  kind('position', 'addresses.0.city', `'London'`, `'addresses.0.city': 'London'`),
  kind('subtree', 'settings.theme', `'light'`, `settings: { theme: 'light' }`),
  kind('unknown', 'no_such_field', `'zebra-1'`),
  kind('digit', 'scores.2024', '7', `scores: { '2024': 7 }`),
  kind('hiddenDigit', 'scores.2025', '70', `scores: { '2024': 7, '2025': 70 }`),
  kind('id', '_id', 'ID'),
];

/** The last name of a path. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
