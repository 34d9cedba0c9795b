import { KINDS } from '../../test/security/support/kinds.ts';
import { ruleRows } from '../../test/security/support/rules.ts';

/** How the columns are explained: each kind of path, with the example of the matrix. */
const MEANINGS: Readonly<Record<string, string>> = {
  public: 'a public leaf',
  private: 'a private leaf',
  branch: 'a branch with public and private children',
  child: 'a private leaf in that branch',
  element: 'a public leaf in the elements of an array',
  hidden: 'a private leaf in these elements',
  position: 'an element by its number',
  subtree: 'a key of a public subtree',
  unknown: 'a field that no document type has',
  digit: 'a public key of digits',
  hiddenDigit: 'a private key of digits',
  id: 'the private `_id`',
};

/** The rules of the security matrix, for the threat model: what is allowed, and the code of each refusal. */
export function ruleTable(): string {
  const kinds = KINDS.map(({ name, path }) => `- **${name}**: ${MEANINGS[name] ?? name} (\`${path}\`)`);
  const rows = ruleRows().map(({ name, cells }) => `| ${name} | ${cells.map(printed).join(' | ')} |`);
  return [
    ...kinds,
    '',
    `| a path is | ${KINDS.map(({ name }) => name).join(' | ')} |`,
    `|---|${'---|'.repeat(KINDS.length)}`,
    ...rows,
  ].join('\n');
}

function printed(cell: string | undefined): string {
  if (cell === undefined) return '';
  return cell === 'allowed' ? 'yes' : `\`${cell}\``;
}
