import type { NameIndex, OpenedProject } from '../project/index.ts';
import { Annotations, editsOf } from './annotations.ts';
import { causesOf, suspectsOf } from './blame.ts';
import type { Edit } from './edit.ts';
import { isolate } from './isolate.ts';
import type { PlannedCall } from './migrate-project.ts';
import { placeOf, placeKey } from './place.ts';
import type { Placed } from './place.ts';
import { returnTypeAt } from './return-types.ts';
import type { ReturnType } from './return-types.ts';
import type { Separate } from './separate.ts';
import type { Compiler, Fault } from './verify.ts';

export interface Settled {
  readonly planned: readonly PlannedCall[];
  /** Changes outside the calls: return types that name the whole document. */
  readonly extra: readonly Edit[];
  /** Code that compiled before and does not any more. */
  readonly faults: readonly Fault[];
}

/** The new texts of the files. */
export interface Draft {
  readonly texts: ReadonlyMap<string, string>;
  readonly edits: readonly Edit[];
}

export interface SettleParts {
  readonly opened: OpenedProject;
  readonly compiler: Pick<Compiler, 'newFaults'>;
  readonly index: NameIndex;
  readonly separate: Separate;
  readonly draft: (planned: readonly PlannedCall[], extra: readonly Edit[]) => Draft;
}

const MOST_ROUNDS = 60;
/** How many errors are tried at once, and how much of a message says what kind of error it is. */
const MOST_EXAMPLES = 10;
const KIND_LENGTH = 80;

/** Compiles the rewritten project, and undoes each rewrite that causes an error, until there are no new errors. */
export function settle(planned: readonly PlannedCall[], parts: SettleParts): Settled {
  return new Settling(planned, parts).run();
}

class Settling {
  readonly #parts: SettleParts;
  readonly #annotations = new Annotations();
  /** Faults that no rewrite causes, by their places. */
  readonly #stuck = new Map<string, Fault>();
  #planned: readonly PlannedCall[];

  constructor(planned: readonly PlannedCall[], parts: SettleParts) {
    this.#planned = planned;
    this.#parts = parts;
  }

  run(): Settled {
    let made = this.#draft();
    let faults = this.#faultsOf(made);
    for (let round = 0; round < MOST_ROUNDS && faults.length > 0; round += 1) {
      this.#undo(faults, made);
      const previous = made;
      made = this.#draft();
      // First only the files that had errors, and those that changed. All are compiled when these are clean.
      faults = this.#faultsOf(made, new Set([...filesOf(faults), ...changedIn(previous, made)]));
      if (faults.length === 0) faults = this.#faultsOf(made);
    }
    if (faults.length === 0) this.#putBackNeedless();
    return this.#settled(faults);
  }

  #settled(faults: readonly Fault[]): Settled {
    return {
      planned: this.#planned,
      extra: editsOf(this.#annotations.all),
      faults: [...this.#stuck.values(), ...faults],
    };
  }

  #draft(): Draft {
    return this.#parts.draft(this.#planned, editsOf(this.#annotations.all));
  }

  #faultsOf(made: Draft, only?: ReadonlySet<string>): readonly Fault[] {
    return this.#parts.compiler.newFaults(made.texts, only).filter((fault) => !this.#stuck.has(placeKey(fault, made)));
  }

  /** Undoes the least that may help: first where the errors are, then what causes them from afar. */
  #undo(faults: readonly Fault[], made: Draft): void {
    const placed = faults.flatMap((fault) => placeOf(fault, made, this.#parts.opened) ?? []);
    if (this.#undoInside(placed) || this.#putBackNear(faults) || this.#undoIsolated(placed, made)) return;
    const own = this.#annotations.within(filesOf(faults));
    const types = own.length > 0 ? own : this.#annotations.all;
    this.#annotations.putBackForGood(types);
    if (types.length === 0) for (const fault of faults) this.#stuck.set(placeKey(fault, made), fault);
  }

  /** Removes return types that no longer fit, and undoes rewrites with an error inside them. */
  #undoInside(placed: readonly Placed[]): boolean {
    const rest = placed.filter(({ fault, node }) => {
      const type = returnTypeAt(node, fault);
      return type === undefined || !this.#annotations.remove(type);
    });
    const causes = rest.flatMap(({ fault, node, edit }) =>
      causesOf(node, edit, this.#planned).map((one) => [one, fault] as const),
    );
    this.#blame(new Map(causes));
    return rest.length < placed.length || causes.length > 0;
  }

  #blame(caused: ReadonlyMap<PlannedCall, Fault>): void {
    if (caused.size === 0) return;
    const before = this.#planned;
    this.#planned = this.#parts.separate(
      before.map((one) => {
        const fault = caused.get(one);
        const reason = reasonOf(fault?.message ?? '');
        return fault === undefined ? one : { ...one, rewrite: undefined, reason };
      }),
    );
    const undone = before.filter(
      ({ rewrite }, at) => rewrite !== undefined && this.#planned[at]?.rewrite === undefined,
    );
    this.#annotations.putBack(this.#annotations.idle(this.#planned, undone));
  }

  /** Puts back the return types in the files with errors and in the files that they import, if that is all it takes. */
  #putBackNear(faults: readonly Fault[]): boolean {
    const files = filesOf(faults);
    const imported = [...files].flatMap(
      (path) =>
        this.#parts.opened.project
          .getSourceFile(path)
          ?.getImportDeclarations()
          .flatMap((one) => one.getModuleSpecifierSourceFile()?.getFilePath() ?? []) ?? [],
    );
    const types = this.#annotations.within(new Set([...files, ...imported]));
    if (types.length === 0 || this.#faultsWithout(types, files).length > 0) return false;
    this.#annotations.putBackForGood(types);
    return true;
  }

  /** The errors if some return types are put back: in their files, and in others. */
  #faultsWithout(types: readonly ReturnType[], files: Iterable<string> = []): readonly Fault[] {
    const made = this.#parts.draft(this.#planned, editsOf(this.#annotations.all, types));
    return this.#faultsOf(made, new Set([...files, ...types.map(({ edit }) => edit.file)]));
  }

  /** Undoes one rewrite for each error: one without which the error is gone. Most errors of a kind have one cause, so a few are tried first. */
  #undoIsolated(placed: readonly Placed[], made: Draft): boolean {
    const few = examplesOf(placed);
    const found = this.#causesOf(few, made);
    const causes = found.size > 0 || few.length === placed.length ? found : this.#causesOf(placed, made);
    this.#blame(causes);
    return causes.size > 0;
  }

  #causesOf(placed: readonly Placed[], made: Draft): ReadonlyMap<PlannedCall, Fault> {
    const suspicions = placed.map(({ fault, node }) => ({
      fault,
      levels: suspectsOf(node, this.#planned, this.#parts.index),
    }));
    return isolate(suspicions, (without, faults) => {
      const planned = this.#planned.map((one) =>
        without.has(one) ? { ...one, rewrite: undefined, reason: undefined } : one,
      );
      const idle = this.#annotations.idle(planned, [...without]);
      const tried = this.#parts.draft(planned, editsOf(this.#annotations.all, idle));
      const left = new Set(this.#faultsOf(tried, filesOf(faults)).map((fault) => placeKey(fault, tried)));
      return new Set(faults.filter((fault) => left.has(placeKey(fault, made))));
    });
  }

  /** Puts back the return types of functions without rewrites that the project compiles with. */
  #putBackNeedless(): void {
    const types = this.#annotations.outside(this.#planned);
    if (types.length === 0) return;
    const faulty = filesOf(this.#faultsWithout(types));
    const fitting = types.filter(({ edit }) => !faulty.has(edit.file));
    const made = this.#parts.draft(this.#planned, editsOf(this.#annotations.all, fitting));
    if (fitting.length > 0 && this.#faultsOf(made).length === 0) this.#annotations.putBackForGood(fitting);
  }
}

/** One error of each kind. */
function examplesOf(placed: readonly Placed[]): readonly Placed[] {
  const kinds = new Map<string, Placed>();
  for (const one of placed) {
    const kind = `${one.fault.code}|${one.fault.message.slice(0, KIND_LENGTH)}`;
    if (!kinds.has(kind) && kinds.size < MOST_EXAMPLES) kinds.set(kind, one);
  }
  return [...kinds.values()];
}

function filesOf(faults: readonly Fault[]): ReadonlySet<string> {
  return new Set(faults.map(({ file }) => file));
}

/** The files whose text differs in two drafts. A file that only the first one changes has its old text in the second. */
function changedIn(previous: Draft, { texts }: Draft): readonly string[] {
  return [...new Set([...previous.texts.keys(), ...texts.keys()])].filter(
    (path) => previous.texts.get(path) !== texts.get(path),
  );
}

/** The sentence of the library's own in a compile error. The compiler's text around it is long, and says no more. */
const REFUSED = /Refused<(["`])(.+?)\1/s;

function reasonOf(message: string): string {
  // The library's types refuse `any` in this way.
  if (/Type 'any' is not assignable to type 'never'/.test(message))
    return 'a value that it passes is of the type any: give it a type, for example by a schema';
  const sentence = REFUSED.exec(message)?.[2];
  if (sentence !== undefined) return `it would not compile: ${sentence}`;
  const text = message.replaceAll(/\s+/g, ' ');
  return `it would not compile (${text.length > 150 ? `${text.slice(0, 149)}…` : text})`;
}
