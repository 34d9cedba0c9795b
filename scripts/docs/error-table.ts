import { ERROR_CODES } from '../../src/errors/error-codes.ts';

/** The table of all error codes in docs/errors.md. */
export function errorTable(): string {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, meaning]) => `| \`${code}\` | ${meaning.replaceAll(/\$\w+/g, '`$&`')} |`,
  );
  return ['| code | meaning |', '|---|---|', ...rows].join('\n');
}
