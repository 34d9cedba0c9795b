import type { Answer, Answered, Asked, Question } from './messages.ts';

type AnswerTo<K extends Answer['kind']> = Extract<Answer, { readonly kind: K }>;

/** A compiler in a worker, which answers one question after another. */
export interface Compiler {
  check(code: string): Promise<AnswerTo<'check'>>;
  hover(code: string, at: number): Promise<AnswerTo<'hover'>>;
  complete(code: string, at: number): Promise<AnswerTo<'complete'>>;
  stop(): void;
}

export function startCompiler(script: string, onFailed: () => void): Compiler {
  const worker = new Worker(script);
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  worker.addEventListener('message', ({ data: { id, answer } }: MessageEvent<Answered>) => {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  worker.addEventListener('error', onFailed);
  const ask = <K extends Answer['kind']>(question: Question & { readonly kind: K }): Promise<AnswerTo<K>> =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve as (answer: Answer) => void);
      worker.postMessage({ id: last, question } satisfies Asked);
    });
  return {
    check: (code) => ask({ kind: 'check', code }),
    hover: (code, at) => ask({ kind: 'hover', code, at }),
    complete: (code, at) => ask({ kind: 'complete', code, at }),
    stop: () => worker.terminate(),
  };
}
