import type { ErrorCode } from '../errors/error-codes.ts';
import type { ToolRefusal } from '../types/agent.ts';

/** Thrown inside this folder for a mistake in a model's input. The executor turns it into an answer. */
export class ToolFault extends Error {
  readonly refusal: ToolRefusal;

  constructor(refusal: ToolRefusal) {
    super(refusal.what);
    this.refusal = refusal;
  }
}

/** Refuses a model's input: what is wrong, where, and what to do instead. */
export function refuseInput(code: ErrorCode, what: string, where: string, instead: string): never {
  throw new ToolFault({ code, what, ...(where === '' ? {} : { where }), instead });
}
