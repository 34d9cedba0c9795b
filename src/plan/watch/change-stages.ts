import type { CallContext } from '../../errors/call-context.ts';
import type { PathNode } from '../../view/path-tree.ts';
import { leavesBelow, storedPath } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { bare, emit, emptyDocument, type Emitted } from '../emit.ts';
import { cond, isKind, mapped, not } from '../expressions.ts';
import { assertFewConditions } from '../projection/assert-few-conditions.ts';
import { matchesElement } from '../projection/matches.ts';
import type { BoundFilter } from '../scope/bound.ts';

declare const bound: unique symbol;

/** The stages of a change stream over rows of the call's scope. Only `changeStages` makes them. */
export type ChangeStages = readonly Emitted[] & { readonly [bound]: true };

/** The changes of documents, and the end of the collection. */
const OPERATIONS = ['insert', 'update', 'replace', 'delete', 'invalidate'];
const WITH_BEFORE = ['update', 'replace', 'delete'];

const BEFORE = 'fullDocumentBeforeChange';
const AFTER = 'fullDocument';

/**
 * Makes events relative to a filter: a document enters it, changes in it, or leaves it. The server compares the images of the document before
 * and after the change, so no other document and no private field is sent, and a change of private fields only is no event.
 */
export function changeStages(filter: BoundFilter, shape: PathNode, call: CallContext<ViewPolicy>): ChangeStages {
  const stages: readonly Emitted[] = [
    emit('$match', emit('operationType', emit('$in', OPERATIONS))),
    emit('$addFields', emit('at', sidesOf(filter, call))),
    emit('$match', emit('$or', [...['was', 'is', 'lost'].map((side) => emit(`at.${side}`, true)), isEnd()])),
    emit('$project', imagesOf(shape)),
    emit('$match', emit('$expr', not(emit('$and', ['$at.was', '$at.is', not('$at.lost'), isSame()])))),
    emit('$project', eventFields()),
  ];
  return stages as ChangeStages;
}

/** Whether the document was in the filter, and whether it is. The filter is compiled and sent once, for both images: it may be long. */
function sidesOf(filter: BoundFilter, call: CallContext<ViewPolicy>): Emitted {
  const both = mapped([`$${BEFORE}`, `$${AFTER}`], 'image', isIn('$$image', filter, call));
  return emit(
    '$let',
    bare({ vars: emit('sides', both), in: bare({ was: elementOf(0), is: elementOf(1), lost: isLost() }) }),
  );
}

function elementOf(index: number): Emitted {
  return emit('$arrayElemAt', ['$$sides', index]);
}

/** Whether an image of the document matches the filter. */
function isIn(image: string, filter: BoundFilter, call: CallContext<ViewPolicy>): unknown {
  const place = `the filter of ${call.operation}()`;
  assertFewConditions(filter, place, call);
  const { stored } = call.policy;
  const matches = matchesElement(filter, { element: image, array: '', level: 0, stored, call, place, mayDrift: true });
  return cond(isKind(image, ['object']), matches, false);
}

/** Whether an image is missing: the server has deleted it, or did not keep it. */
function isLost(): unknown {
  return emit('$or', [lacks(BEFORE, WITH_BEFORE), lacks(AFTER, ['update'])]);
}

function lacks(image: string, operations: readonly string[]): Emitted {
  return emit('$and', [emit('$in', ['$operationType', operations]), not(isKind(`$${image}`, ['object']))]);
}

function isEnd(): Emitted {
  return emit('operationType', 'invalidate');
}

function isSame(): Emitted {
  return emit('$eq', [`$${BEFORE}`, `$${AFTER}`]);
}

/** Both images, with the projected leaves only. */
function imagesOf(shape: PathNode): Emitted {
  const fields = emptyDocument();
  fields['at'] = 1;
  fields['operationType'] = 1;
  for (const leaf of leavesBelow(shape)) {
    fields[`${BEFORE}.${storedPath(leaf)}`] = 1;
    fields[`${AFTER}.${storedPath(leaf)}`] = 1;
  }
  return fields;
}

/** The type of the event, and the document as it is or, if it left, as it was. */
function eventFields(): Emitted {
  const kinds = cond('$at.is', cond('$at.was', 'update', 'enter'), cond('$at.was', 'leave', 'end'));
  const image = cond('$at.is', `$${AFTER}`, cond('$at.was', `$${BEFORE}`, '$$REMOVE'));
  return bare({
    type: cond('$at.lost', 'resync', kinds),
    document: cond('$at.lost', '$$REMOVE', image),
  });
}
