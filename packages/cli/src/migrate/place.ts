import type { Node, OpenedProject } from '../project/index.ts';
import type { Edit } from './edit.ts';
import { oldPlace } from './map-offset.ts';
import type { Draft } from './settle.ts';
import type { Fault } from './verify.ts';

/** A fault with its place in the text before the rewrites. */
export interface Placed {
  readonly fault: Fault;
  readonly node: Node;
  /** The change that wrote the place, if it is in changed text. */
  readonly edit: Edit | undefined;
}

/** Nothing for a file that is not in the project, such as a new one. */
export function placeOf(fault: Fault, draft: Draft, { project }: OpenedProject): Placed | undefined {
  const { offset, edit } = oldPlace(editsIn(fault.file, draft), fault.start);
  const node = project.getSourceFile(fault.file)?.getDescendantAtPos(offset);
  return node === undefined ? undefined : { fault, node, edit };
}

/** The same error has the same key in two drafts. */
export function placeKey({ file, code, start }: Fault, draft: Draft): string {
  return `${file}|${code}|${oldPlace(editsIn(file, draft), start).offset}`;
}

function editsIn(path: string, { edits }: Draft): readonly Edit[] {
  return edits.filter(({ file }) => file === path);
}
