import { type Answer, type Question, QUESTIONS } from '../../../bench/compare/library.ts';

const PRIVATE = ['_id', 'id', 'password_hash', 'internal_role', 'ssn', 'reset_token'];

/** What each library answered, a table for each question. */
export function comparisonTables(answers: readonly ReadonlyMap<Question, Answer>[]): string {
  return (Object.keys(QUESTIONS) as Question[])
    .map((question) => {
      const rows = answers.flatMap((each) => each.get(question) ?? []).map((answer) => comparisonRow(question, answer));
      return [`## ${QUESTIONS[question]}`, '', ...headOf(question), ...rows].join('\n');
    })
    .join('\n\n');
}

function headOf(question: Question): readonly string[] {
  const isChange = question === 'body';
  return [
    `| library | call | ${isChange ? 'what is stored then' : 'what a route would send'} | ${isChange ? 'changed by the client' : 'disclosed'} |`,
    '|---|---|---|---|',
  ];
}

/** The row of a library. */
export function comparisonRow(question: Question, answer: Answer): string {
  const { library, call, sent, isRefused } = answer;
  const shown = isRefused ? `refused: ${sent.replaceAll('|', '\\|')}` : code(sent);
  return `| ${library} | ${code(callText(call))} | ${shown} | ${disclosed(question, answer)} |`;
}

/** The body of the arrow function, however it was printed, without what only this comparison needs. */
function callText(call: string): string {
  return call
    .replaceAll(/\s/g, '')
    .replace(/^\(\)=>/, '')
    .replaceAll('"', "'")
    .replace(/\.exec\(\)$/, '')
    .replace(',{})', ')')
    .replaceAll(/[,:]/g, '$& ')
    .replaceAll('{', '{ ')
    .replaceAll('}', ' }');
}

function disclosed(question: Question, { sent, isRefused }: Answer): string {
  if (isRefused) return '–';
  if (question === 'guess') return 'what the hashes begin with';
  if (question === 'body') return sent.includes('admin') ? '`internal_role`' : '–';
  const names = PRIVATE.filter((name) => sent.includes(`"${name}"`)).map((name) => `\`${name}\``);
  const all = question === 'operator' && sent.includes('lin') ? ['all users'] : [];
  return [...all, ...names].join(', ') || '–';
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
