import { ACCUMULATORS } from '../../src/grammar/accumulators.ts';
import { BINDING } from '../../src/grammar/expression-operators.ts';
import { STAGE_METHODS } from '../../src/grammar/stages.ts';
import { DOCUMENT_VARIABLES, VALUE_VARIABLES } from '../../src/grammar/variables.ts';
import { WINDOW_FUNCTIONS } from '../../src/grammar/window-functions.ts';
import { OPERATOR_GROUPS, type GroupedOperator } from './operator-groups.ts';
import { quoted } from './quoted.ts';

/** The table of allowed stages and operators in docs/aggregation.md. */
export function pipelineTable(): string {
  const rows = [
    row('stages', Object.values(STAGE_METHODS)),
    ...Object.entries<readonly GroupedOperator[]>(OPERATOR_GROUPS).map(([group, names]) => row(group, names)),
    row('accumulators', ACCUMULATORS.toSorted()),
    row('window functions', WINDOW_FUNCTIONS.toSorted()),
    `| variables | \`${[...DOCUMENT_VARIABLES, ...VALUE_VARIABLES].map((name) => `$$${name}`).join(' ')}\`, those that ${quoted(BINDING)} bind, and in the \`$expr\` of a joined pipeline those of its \`let\` |`,
  ];
  return ['| part | allowed |', '|---|---|', ...rows].join('\n');
}

function row(title: string, names: readonly string[]): string {
  return `| ${title} | \`${names.join(' ')}\` |`;
}
