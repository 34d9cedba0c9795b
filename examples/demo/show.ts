import { compare, type Comparison } from './compare.ts';
import type { Paper } from './paper.ts';

/** A request to a service, and the raw driver call that its route replaces. */
export interface Step {
  readonly url: string;
  readonly raw: { readonly code: string; readonly result: unknown };
  /** Prints only the line of this path. */
  readonly only?: string;
}

/** Requests a route and prints its response next to the result of the raw call. */
export async function showAnswer({ url, raw, only }: Step, paper: Paper): Promise<Comparison> {
  const response = await fetch(url);
  const answer: unknown = await response.json();
  if (response.status !== 200) throw new Error(`GET ${url} answered ${response.status}, not 200.`);
  const comparison = compare(raw.result, answer, paper);
  paper.print(paper.bold(`GET ${pathOf(url)}`));
  paper.print(`  replaces  ${raw.code}`);
  paper.print(comparison.head);
  for (const { path, line } of comparison.rows) if (only === undefined || only === path) paper.print(line);
  paper.print();
  return comparison;
}

/** Requests a route that returns an error, and prints it. */
export async function showError(url: string, status: number, paper: Paper): Promise<void> {
  const response = await fetch(url);
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  if (response.status !== status) throw new Error(`GET ${url} answered ${response.status}, not ${status}.`);
  paper.print(`${paper.bold(`GET ${pathOf(url)}`)} → ${response.status} ${error.code}`);
  for (const line of wrap(error.message, 96)) paper.print(`    ${line}`);
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

/** The lines of a text, each shorter than the width. */
export function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
