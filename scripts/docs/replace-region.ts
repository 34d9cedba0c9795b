/** Replaces the text between `<!-- name -->` and `<!-- /name -->`. */
export function replaceRegion(text: string, name: string, content: string): string {
  const [from, to] = placeOf(text, name);
  return `${text.slice(0, from)}\n${content}\n${text.slice(to)}`;
}

/** The text between them. */
export function regionOf(text: string, name: string): string {
  return text.slice(...placeOf(text, name)).trim();
}

function placeOf(text: string, name: string): readonly [from: number, to: number] {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The text has no region ${begin} … ${end}.`);
  return [from + begin.length, to];
}
