/** What is bundled with the mutants. */
export { LISTS } from '../../../test/answers/support/all-lists.ts';
export { Recorder } from '../../../test/answers/support/recorder.ts';
