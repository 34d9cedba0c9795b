import { flatten } from './flatten.ts';
import type { Paper } from './paper.ts';
import { wrap } from './show.ts';

/** A request that writes, and the raw call with the same body. */
export interface WriteStep {
  readonly method: 'POST' | 'PATCH';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
  readonly status: number;
  readonly raw: { readonly code: string; readonly stores: () => Promise<object> };
  /** The stored document after the response, if the route stores something. */
  readonly stored?: () => Promise<object | null>;
}

const LEFT_WIDTH = 52;
const RIGHT_WIDTH = 43;

/** Sends a request, and prints what the raw call would store next to what the route stored, or why it refused. */
export async function showWrite(
  { method, url, headers = {}, body, status, raw, stored }: WriteStep,
  paper: Paper,
): Promise<void> {
  const left = flatten(await raw.stores());
  const response = await fetch(url, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { readonly error?: { readonly code: string; readonly message: string } };
  if (response.status !== status) throw new Error(`${method} ${url} answered ${response.status}, not ${status}.`);
  const right = new Map(flatten((await stored?.()) ?? {}).map(({ path, text }) => [path, text]));
  paper.print(paper.bold(cut(`${method} ${new URL(url).pathname}  ${JSON.stringify(body)}`, 98)));
  paper.print(`  replaces  ${raw.code}`);
  paper.print(
    paper.bold(
      `  ${'raw, stored'.padEnd(LEFT_WIDTH)} │ safe, ${answer.error === undefined ? 'stored' : `${response.status} ${answer.error.code}`}`,
    ),
  );
  for (const { path, text } of left) {
    const cell = cut(`${path.padEnd(15)}  ${text}`, LEFT_WIDTH).padEnd(LEFT_WIDTH);
    paper.print(
      right.get(path) === text
        ? `  ${cell} │ ${cut(`${path.padEnd(15)}  ${text}`, RIGHT_WIDTH)}`
        : `${paper.strike(cell)} │`,
    );
  }
  for (const [path, text] of right) {
    if (!left.some((leaf) => leaf.path === path && leaf.text === text))
      paper.print(`  ${' '.repeat(LEFT_WIDTH)} │ ${cut(`${path.padEnd(15)}  ${text}`, RIGHT_WIDTH)}`);
  }
  for (const line of answer.error === undefined ? [] : wrap(answer.error.message, 96)) paper.print(`    ${line}`);
  paper.print();
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}
