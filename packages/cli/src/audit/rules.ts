/** The severity of a finding. SARIF has the same levels. */
export type Level = 'error' | 'warning' | 'note';

export interface Rule {
  readonly id: string;
  readonly level: Level;
  /** A short title. */
  readonly title: string;
  /** What it means and what to do. */
  readonly help: string;
}

/** The rules of the audit. Their ids are stable, because baselines and code scanning store them. */
export const RULES = {
  'sensitive-response': {
    id: 'sensitive-response',
    level: 'error',
    title: 'A sensitive field reaches a response',
    help: 'The call returns sensitive fields and its result is sent to a client. Name the fields that the client needs in a projection, or read through a view.',
  },
  'sensitive-read': {
    id: 'sensitive-read',
    level: 'warning',
    title: 'A call returns sensitive fields',
    help: 'Nothing but later code keeps these fields from a client. Name the fields that are needed in a projection.',
  },
  'whole-document-response': {
    id: 'whole-document-response',
    level: 'warning',
    title: 'A whole document reaches a response',
    help: 'Every field that is stored later is sent too. Name the fields that the client needs in a projection.',
  },
  'ignored-projection': {
    id: 'ignored-projection',
    level: 'error',
    title: 'The driver ignores this projection',
    help: 'Since driver 4, `fields` and a projection in place of the options do nothing: the whole document is returned. Write { projection: … }.',
  },
  'exclusion-projection': {
    id: 'exclusion-projection',
    level: 'warning',
    title: 'A projection that only leaves out',
    help: 'It returns every field that is added later. Name the fields that are needed instead.',
  },
  'operator-injection': {
    id: 'operator-injection',
    level: 'error',
    title: 'Request input becomes a filter',
    help: 'A client can send an object here, such as { "$ne": null }, and match what it may not see. Make it a string or a number first, or use a view: it refuses plain operators.',
  },
  'mass-assignment': {
    id: 'mass-assignment',
    level: 'error',
    title: 'Request input becomes a document or an update',
    help: 'A client can set any field, such as a role. Name the fields that it may set, or write through a view with `writable`.',
  },
  'cursor-project': {
    id: 'cursor-project',
    level: 'note',
    title: 'A projection on the cursor',
    help: 'It works, and is easily overlooked: a later .project() replaces it. A view takes it in the options.',
  },
  drift: {
    id: 'drift',
    level: 'note',
    title: 'One path holds several types',
    help: 'Code that expects one of them breaks on the others, and a view refuses them. Migrate the rarer ones, or declare both.',
  },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;
