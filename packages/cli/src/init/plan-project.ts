import { fieldsNamedBy } from '../catalogue/fields-in-code.ts';
import type { SampledCollection } from '../database/sample-database.ts';
import {
  fieldsOfType,
  findDriverCalls,
  followResult,
  indexNames,
  methodShape,
  Node,
  openProject,
} from '../project/index.ts';
import type { DriverCall, NameIndex, Type, TypeField } from '../project/index.ts';
import { judgeField } from '../sensitive/judge-field.ts';
import type { Evidence } from '../sensitive/sensitivity.ts';
import { treeOfNames, treeOfSample, treeOfType, typeFieldsOf } from './fields-of-facts.ts';
import type { FieldTree } from './fields-of-facts.ts';
import { namedBy, sentTo, writablePaths } from './asked-for.ts';
import { constantName, interfaceName } from './names.ts';
import { planView } from './plan-view.ts';
import type { DocumentSource, ViewPlan } from './view-plan.ts';
import { writeInterface } from './write-interface.ts';

export interface PlanOptions {
  readonly folder: string;
  readonly tsconfig?: string | undefined;
  readonly samples: readonly SampledCollection[];
  /** Only these collections; all if the list is empty. */
  readonly only: readonly string[];
}

export interface PlannedViews {
  readonly plans: readonly ViewPlan[];
  /** Collections without a view, with the reason. */
  readonly skipped: readonly { readonly collection: string; readonly why: string }[];
  /** Messages about files and folders that could not be read. */
  readonly notes: readonly string[];
}

/** Plans a view for each collection that code names or that was sampled. */
export function planProject({ folder, tsconfig, samples, only }: PlanOptions): PlannedViews {
  const opened = openProject(folder, tsconfig === undefined ? {} : { tsconfig });
  const index = indexNames(opened.project);
  const { calls } = findDriverCalls(opened, index);
  const names = [
    ...new Set([...calls.flatMap(({ collections }) => collections), ...samples.map(({ name }) => name)]),
  ].toSorted();
  const plans: ViewPlan[] = [];
  const skipped: { collection: string; why: string }[] = [];
  const taken = new Set<string>();
  for (const collection of names.filter((name) => only.length === 0 || only.includes(name))) {
    const own = calls.filter(({ collections }) => collections.length === 1 && collections[0] === collection);
    const plan = planCollection(
      collection,
      own,
      index,
      samples.find(({ name }) => name === collection),
      taken,
    );
    if (plan === undefined)
      skipped.push({ collection, why: 'none of its fields is known; sample the database with --uri' });
    else if (plan.paths.length === 0) skipped.push({ collection, why: 'all its known fields are left out' });
    else plans.push(plan);
  }
  return { plans, skipped, notes: opened.notes };
}

function planCollection(
  collection: string,
  calls: readonly DriverCall[],
  index: NameIndex,
  sample: SampledCollection | undefined,
  taken: Set<string>,
): ViewPlan | undefined {
  const name = constantName(collection, taken);
  const used = usedBy(calls, index);
  const described = describe(collection, calls, used, sample, taken, index);
  if (described === undefined) return undefined;
  const { document, fields } = described;
  const readsId = calls.some((call) => namedBy(call, index).includes('_id'));
  const plan = planView({
    collection,
    name,
    document,
    fields,
    used,
    sensitive: sensitiveIn(sample),
    named: new Set(readsId ? ['_id'] : []),
  });
  const sent = calls.flatMap((call) => sentTo(call, index));
  return { ...plan, writable: writablePaths(sent, plan, fields) };
}

/** The document type of a collection with its fields: an interface of the project, or one that is written beside the view. */
function describe(
  collection: string,
  calls: readonly DriverCall[],
  used: ReadonlySet<string>,
  sample: SampledCollection | undefined,
  taken: Set<string>,
  index: NameIndex,
): { readonly document: DocumentSource; readonly fields: readonly TypeField[] } | undefined {
  const declared = declaredType(calls);
  const known = declared === undefined ? [] : fieldsOfType(declared.type, declared.at);
  // The library's types do not know a key that is a member of an enum by its text, so such an interface is written out.
  if (declared !== undefined && !known.some(({ isEnumKey }) => isEnumKey === true))
    return { document: { kind: 'imported', ...declared.source }, fields: known };
  const tree = sample === undefined ? treeInCode(calls, used, index) : treeOfSample(sample.fields, sample.sampled);
  if (tree.size === 0) return undefined;
  const written = interfaceName(collection, taken);
  const text = writeInterface(written, tree);
  const isTyped = calls.some(({ documentType }) => documentType !== undefined);
  return {
    document: { kind: 'written', name: written, text, isSampled: sample !== undefined || isTyped },
    fields: typeFieldsOf(tree),
  };
}

/** The fields of a type that no other file can import, or the names that code uses. */
function treeInCode(calls: readonly DriverCall[], used: ReadonlySet<string>, index: NameIndex): Map<string, FieldTree> {
  const typed = calls.find(({ documentType }) => documentType !== undefined);
  if (typed?.documentType !== undefined) return treeOfType(typed.documentType, typed.node);
  return namesIn(calls, used, index);
}

/** The paths that code reads, if every read could be followed to its end. Empty otherwise, because all paths may be needed. */
function usedBy(calls: readonly DriverCall[], index: NameIndex): ReadonlySet<string> {
  const reads = calls.filter(
    ({ method }) =>
      methodShape(method).kind === 'read' && method !== 'aggregate' && method !== 'distinct' && method !== 'watch',
  );
  const uses = reads.map((call) => followResult(call, index));
  if (uses.some(({ exits }) => exits.some(({ path }) => path === ''))) return new Set();
  return new Set(uses.flatMap(({ paths }) => paths));
}

function namesIn(calls: readonly DriverCall[], used: ReadonlySet<string>, index: NameIndex): Map<string, FieldTree> {
  return treeOfNames(
    [...used, ...calls.flatMap((call) => fieldsNamedBy(call, index))].filter((path) => path !== '_id'),
  );
}

function sensitiveIn(sample: SampledCollection | undefined): ReadonlyMap<string, Evidence> {
  return new Map(
    (sample?.fields ?? []).flatMap((field) => {
      const evidence = judgeField(field.path, field, sample?.name);
      return evidence === undefined ? [] : [[field.path, evidence] as const];
    }),
  );
}

interface DeclaredType {
  readonly type: Type;
  readonly at: Node;
  readonly source: { readonly name: string; readonly file: string; readonly isDefault: boolean };
}

/** The interface that a collection is opened with, if another file can import it. */
function declaredType(calls: readonly DriverCall[]): DeclaredType | undefined {
  for (const { documentType, node } of calls) {
    const symbol = documentType?.getAliasSymbol() ?? documentType?.getSymbol();
    const declaration = symbol
      ?.getDeclarations()
      .find(
        (one) => Node.isInterfaceDeclaration(one) || Node.isTypeAliasDeclaration(one) || Node.isClassDeclaration(one),
      );
    const name = declaration !== undefined && Node.hasName(declaration) ? declaration.getName() : undefined;
    if (
      documentType === undefined ||
      declaration === undefined ||
      name === undefined ||
      !Node.isExportable(declaration) ||
      !declaration.isExported()
    )
      continue;
    if (Node.isTypeParametered(declaration) && declaration.getTypeParameters().length > 0) continue;
    return {
      type: documentType,
      at: node,
      source: { name, file: declaration.getSourceFile().getFilePath(), isDefault: declaration.isDefaultExport() },
    };
  }
  return undefined;
}
