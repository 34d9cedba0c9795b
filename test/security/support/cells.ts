import { CALLERS, type Caller, type Part, type Parts } from './callers.ts';
import { FORMS, type Form } from './forms.ts';
import { KINDS, type Kind } from './kinds.ts';
import { MODES, type Attempt, type Mode } from './matrix.ts';
import { expectationOf, type Expectation } from './rules.ts';

/** How the program is written. Typed programs are only compiled. */
export const STYLES = ['as any', 'JavaScript'] as const;
export type Style = (typeof STYLES)[number];

/** One cell of the matrix. */
export interface Cell extends Attempt {
  readonly form: Form;
  readonly caller: Caller;
  readonly kind: Kind;
  readonly style: Style;
}

/** A form as a method has it, with all kinds of paths. */
export interface Row {
  readonly form: Form;
  readonly caller: Caller;
}

/** Every form with every method that takes it. */
export const ROWS: readonly Row[] = FORMS.flatMap((form, index) =>
  CALLERS.filter((caller) => fits(form, index, caller)).map((caller) => ({ form, caller })),
);

/** consume() plans as watch() does, and takes longer to try: it has the first form of each rule. */
function fits({ part, rule }: Form, index: number, { takes, method }: Caller): boolean {
  if (!takes.includes(part)) return false;
  return method !== 'consume' || FORMS.findIndex((other) => other.rule === rule) === index;
}

/** The cells of a row. Without a rule for one of them it throws. */
export function cellsOf({ form, caller }: Row): readonly Cell[] {
  const cells: Cell[] = [];
  for (const kind of KINDS) {
    const expectation = expectationOf(form.rule, caller.kind, kind.name);
    if (expectation === undefined) continue;
    for (const mode of MODES) {
      // Trusted code has no transactions of the library.
      if (caller.kind === 'privileged' && mode.includes('transaction')) continue;
      for (const style of STYLES) {
        const source = caller.source(inStyle(form.write(kind), style));
        const changes = changesOf(caller);
        cells.push({
          form,
          caller,
          kind,
          mode,
          style,
          source,
          changes,
          expectation: inMode(expectation, caller, mode),
        });
      }
    }
  }
  return cells;
}

/** What a call of a method may change. A stream is watched while its documents are removed. */
export function changesOf({ kind, method }: Caller): Attempt['changes'] {
  if (method === 'watch') return 'the collection';
  if (kind === 'stream') return 'events';
  return kind === 'write' || kind === 'replace' ? 'documents' : 'nothing';
}

/** No stream is opened in a transaction. */
function inMode(expectation: Expectation, caller: Caller, mode: Mode): Expectation {
  if (caller.kind !== 'stream' || !mode.includes('transaction') || !expectation.isAllowed) return expectation;
  return { isAllowed: false, codes: ['argument_invalid'], compiles: expectation.compiles };
}

/** What JavaScript passes inherits nothing. The parts of the other style are plain literals. */
function inStyle(parts: Parts, style: Style): Parts {
  if (style === 'as any') return parts;
  const entries = Object.entries(parts) as [Part, string][];
  return Object.fromEntries(
    entries.map(([part, text]) => [part, part === 'stages' ? `...bare([${text}])` : `bare(${text})`]),
  );
}

/** The name of a cell in a report. */
export function nameOf({ form, caller, kind, mode, style }: Cell): string {
  return `${caller.name}, ${form.place}: ${form.name}, ${kind.name}, ${mode}, ${style}`;
}
