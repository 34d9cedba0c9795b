import type { Report } from './compile-mistakes.ts';

/** The tables of docs/mistakes.md, one for each part of a call. */
export function mistakeTables(parts: ReadonlyMap<string, readonly Report[]>): string {
  return [...parts].map(([part, reports]) => `\n## ${part}\n\n${tableOf(reports)}`).join('\n');
}

function tableOf(reports: readonly Report[]): string {
  const rows = reports.map(
    ({ mistake: { mistake, code }, message }) => `| ${mistake} | \`${cell(code)}\` | ${cell(readable(message))} |`,
  );
  return ['| mistake | code | message |', '|---|---|---|', ...rows].join('\n');
}

/** Markdown would take a dollar sign or an underscore in a sentence for markup. */
function readable(message: string): string {
  return message.replaceAll(/(?<!\w)\$(?=\w)/g, '\\$').replaceAll('_', '\\_');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
