/** A step of the tutorial. */
export type Step =
  | { readonly kind: 'file'; readonly at: string; readonly path: string; readonly text: string }
  | {
      readonly kind: 'command' | 'failing command';
      readonly at: string;
      readonly text: string;
      /** The block of text after the command: what it prints. */
      readonly prints: string | undefined;
    }
  | { readonly kind: 'service'; readonly at: string; readonly text: string };

const BLOCK = /(?:^<!-- (?<mark>[^\n]*) -->\n)?^```(?<language>\w+)\n(?<text>.*?)^```$/gms;

interface Fence {
  readonly at: string;
  readonly mark: string;
  readonly language: string;
  readonly text: string;
}

/** The files and commands of a tutorial in Markdown, in their order. A block that is neither is an error. */
export function readTutorial(file: string, markdown: string): readonly Step[] {
  const fences = [...markdown.matchAll(BLOCK)].map(({ groups = {}, index }): Fence => ({
    at: `${file}:${markdown.slice(0, index).split('\n').length}`,
    mark: groups['mark'] ?? '',
    language: groups['language'] ?? '',
    text: groups['text'] ?? '',
  }));
  return fences.flatMap((fence, index) => {
    const next = fences[index + 1];
    const prints = next?.language === 'text' ? next.text : undefined;
    return fence.language === 'text' || fence.mark === 'not run' ? [] : [stepOf(fence, prints)];
  });
}

function stepOf({ at, mark, language, text }: Fence, prints: string | undefined): Step {
  const path = /^file (?<path>[\w./-]+)/.exec(mark)?.groups?.['path'];
  if (path !== undefined) return { kind: 'file', at, path, text };
  if (language !== 'sh') throw new Error(`${at} is neither a file nor a command`);
  if (mark === '') return { kind: 'command', at, text, prints };
  if (mark === 'fails') return { kind: 'failing command', at, text, prints };
  if (mark === 'keeps running') return { kind: 'service', at, text };
  throw new Error(`${at} has an unknown mark: ${mark}`);
}
