import { createTwoFilesPatch } from 'diff';
import colors from 'picocolors';

/** A unified diff of one file for `patch` and `git apply`, with colours if the terminal has them. */
export function unifiedDiff(name: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context: 2 });
  return patch.split('\n').slice(1).map(coloured).join('\n').trimEnd();
}

function coloured(line: string): string {
  if (line.startsWith('+++') || line.startsWith('---')) return colors.bold(line);
  if (line.startsWith('@@')) return colors.cyan(line);
  if (line.startsWith('+')) return colors.green(line);
  return line.startsWith('-') ? colors.red(line) : line;
}
