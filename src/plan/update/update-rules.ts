import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { NOT_PULLED } from '../../grammar/query-operators.ts';
import { inputObject, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { isWhole } from '../../view/parse-whole.ts';
import { numberFault } from '../../view/number-keys.ts';
import { branchesOf } from '../../view/path.ts';
import type { OpaquePath } from '../../view/opaque-paths.ts';
import type { PathTree } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import type { StoredTree } from '../../view/stored-tree.ts';
import { isDocument } from '../emit.ts';
import { callerRules, trustedRules, type FilterRules } from '../filter/filter-rules.ts';
import { openIds } from '../filter/open-id.ts';
import { parseElementFilter, parseFilter } from '../filter/parse-filter.ts';
import { perPolicy } from '../per-policy.ts';
import { elementToStore, fieldToStore, refuseNotWritable } from './document-to-store.ts';
import { assertStoredName } from './assert-stored-name.ts';
import { expandBranches } from './expand-branches.ts';
import { assertFree, assertLeaf } from './stored-value.ts';
import type { UpdatePath } from './update-path.ts';

/** What an update may do at its paths. The caller's update and the program's have different rules. */
export interface UpdateRules {
  /** The rules for the predicates of `arrayFilters` and `$pull`. */
  readonly filter: FilterRules;
  /** What the view knows about stored documents. */
  readonly stored: StoredTree;
  /** Throws unless the operator may write the path. */
  checkWritable(
    path: UpdatePath,
    operator: { readonly tellsStored: boolean; readonly atElements: 'any' | 'whole' | 'none' },
    call: CallContext,
  ): void;
  /** Whether the stored value of a field may be revealed by a count, an order or an error. */
  mayRead(field: string): boolean;
  /** Whether whole elements of an array may be removed: they have only fields that the writer may write. */
  mayDropElements(path: UpdatePath): boolean;
  /** The value to store for one of a `$set` or `$setOnInsert`. Throws unless it is allowed there. */
  checkValue(operand: InputCopy, path: UpdatePath, call: CallContext): InputCopy;
  /** The same for an element of a `$push` or `$addToSet`. */
  checkElement(operand: InputCopy, path: UpdatePath, call: CallContext): InputCopy;
  /** The opaque id at a field, if there is one. */
  opaqueAt(field: string): OpaquePath | undefined;
  /** The update with its whole branches written leaf by leaf, where they have to be. */
  expand(update: InputObject, call: CallContext): InputObject;
  /** The predicate of `$pull`. */
  predicate(operand: InputCopy, path: UpdatePath, call: CallContext): unknown;
}

/** The rules for a caller's update: writable leaves, which have to be filterable too if the operator reveals values. */
export const callerUpdateRules = perPolicy(rulesOf);

function rulesOf(policy: ViewPolicy): UpdateRules {
  const { writable, filterable } = policy;
  const filter = callerRules(policy);
  const checkValue: UpdateRules['checkValue'] = (operand, { written, field }, call) => {
    const node = writable.at(field);
    if (node?.kind === 'branch') return fieldToStore(operand, node, call);
    if (node?.opaque !== undefined) return openIds(operand, node.opaque, written, call);
    if (isSubtree(field)) assertFree(operand, written, call);
    else assertLeaf(operand, written, call);
    return operand;
  };
  const isSubtree = (field: string): boolean =>
    writable.isBelowSubtree(field) || writable.at(field)?.kind === 'subtree';
  const adviceAt = (field: string): string =>
    policy.stored.at(field)?.depths?.some((depth) => depth > 0) === true
      ? ' If its elements have no other fields, list it in `whole` of the view.'
      : '';
  const isBranch = (field: string): boolean => writable.at(field)?.kind === 'branch';
  const isUnseen = (branch: string): boolean => !isIn(policy.public, branch) && !isIn(filterable, branch);
  return Object.freeze<UpdateRules>({
    filter,
    stored: policy.stored,
    mayRead: (field) => filterable.covers(field) && policy.opaque.at(field) === undefined,
    opaqueAt: (field) => policy.opaque.at(field),
    mayDropElements: ({ field }) => !isBranch(field) || isWhole(field, policy.whole),
    checkWritable({ written, field, positions }, { tellsStored, atElements }, call) {
      const isOfParts = isBranch(field);
      if (!isOfParts && !writable.covers(field)) refuseNotWritable(written, call);
      const unseen = positions.find(isUnseen) ?? branchesOf(field).find(isUnseen);
      if (unseen !== undefined) refuseUnseen(written, unseen, call);
      if (isOfParts) {
        if (isUnseen(field)) refuseUnseen(written, field, call);
        if (atElements === 'any' || (atElements === 'whole' && isWhole(field, policy.whole))) return;
        call.refuse(
          'write_path',
          `${quote(written)} is a branch: name the leaves below it, or its other fields would be lost.${adviceAt(field)}`,
          written,
        );
      }
      if (tellsStored && !filterable.covers(field)) {
        call.refuse(
          'write_operator',
          `${quote(written)} is not filterable, so it takes only $set and $unset: other operators would reveal what is stored.`,
          written,
        );
      }
    },
    checkValue,
    expand: (update, call) => expandBranches(update, policy, call),
    checkElement(operand, path, call) {
      const node = writable.at(path.field);
      return node?.kind === 'branch' ? elementToStore(operand, node, call) : checkValue(operand, path, call);
    },
    predicate(operand, path, call) {
      if (!isBranch(path.field)) return pullPredicate(operand, path, filter, call);
      return elementPredicate(operand, path, filter, call);
    },
  });
}

/** The rules for the program's own update: any path, and any plain value of the kind that the view declares. */
export const trustedUpdateRules = perPolicy((policy) => {
  const { stored } = policy;
  const filter = trustedRules(policy);
  return Object.freeze<UpdateRules>({
    filter,
    stored,
    checkWritable({ written, field, positions }, _operator, call) {
      const fault = numberFault(field, stored, positions);
      if (fault !== undefined) call.refuse('write_path', `In the update, ${fault}.`, written);
      assertStoredName(field, policy, call);
    },
    mayRead: () => true,
    opaqueAt: () => undefined,
    expand: (update) => update,
    mayDropElements: () => true,
    checkValue: freeValue,
    checkElement: freeValue,
    predicate: (operand, path, call) =>
      isInputObject(operand)
        ? parseElementFilter(operand, path.field, filter, call)
        : pullPredicate(operand, path, filter, call),
  });
});

function freeValue(operand: InputCopy, { written }: UpdatePath, call: CallContext): InputCopy {
  assertFree(operand, written, call);
  return operand;
}

function isIn(tree: PathTree, path: string): boolean {
  return tree.covers(path) || tree.at(path) !== undefined;
}

/** A `$pull` of subdocuments takes a filter of them. An empty one would remove all. */
function elementPredicate(operand: InputCopy, { written, field }: UpdatePath, rules: FilterRules, call: CallContext) {
  if (isInputObject(operand) && Object.keys(operand).length > 0) return parseElementFilter(operand, field, rules, call);
  return call.refuse(
    'write_value',
    `$pull at ${quote(written)} takes a filter of its elements, with at least one condition.`,
    written,
  );
}

/** A `$pull` predicate follows the rules of a filter at the array's path. */
function pullPredicate(
  operand: InputCopy,
  { field, written }: UpdatePath,
  rules: FilterRules,
  call: CallContext,
): unknown {
  const elements = { ...rules, idFields: undefined, mayBeArray: () => false, isLocation: () => false };
  // An opaque id is sent by another name, so the only value is taken.
  const predicate = Object.values(parseFilter(inputObject({ [field]: operand }), elements, call))[0];
  const refused = isDocument(predicate) ? NOT_PULLED.find((name) => Object.hasOwn(predicate, name)) : undefined;
  if (refused === undefined) return predicate;
  return call.refuse(
    'write_value',
    `$pull at ${quote(written)} takes no ${refused}: the server refuses it there. Use the opposite operator, such as $nin or $lte.`,
    written,
  );
}

/**
 * The server refuses a path through a value that is not an array or object (mongod 6.0.5, codes 2 and 28). For a branch that is
 * not public, success or failure would reveal whether it is stored.
 */
function refuseUnseen(written: string, branch: string, call: CallContext): never {
  return call.refuse(
    'write_path',
    `${quote(written)} goes through ${quote(branch)}, which is neither public nor filterable: success or failure would reveal what is stored there. Set it in \`options.trusted\`.`,
    written,
  );
}
