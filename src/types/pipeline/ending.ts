import type { KeepingStage, StatingStage } from '../../grammar/stages.ts';
import type { Excluded } from './nested-fields.ts';

/** Whether a pipeline says what comes out: its last stages do not change the documents, and the one before them names every field. */
export type StatesShape<P> = P extends readonly [...infer Before, infer Last]
  ? keyof Last extends KeepingStage
    ? StatesShape<Before>
    : States<Last>
  : false;

/** Whether a stage names every field of what it makes. */
export type States<Stage> = Stage extends { readonly $project: infer A }
  ? [Exclude<keyof A, Excluded<A>>] extends [never]
    ? false
    : true
  : Stage extends { readonly $facet: infer Pipelines }
    ? false extends { [K in keyof Pipelines]: StatesShape<Pipelines[K]> }[keyof Pipelines]
      ? false
      : true
    : keyof Stage extends StatingStage
      ? true
      : false;
