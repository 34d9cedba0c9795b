import { bare, entriesOf, entryOf, Node, putInto, wayOf } from '../project/index.ts';
import type { NameIndex } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { replace } from './edit.ts';
import type { Edit } from './edit.ts';
import type { Elsewhere, Need } from './elsewhere.ts';
import { annotationOf, typesNamed } from './filter-elsewhere.ts';
import { inlined } from './inline.ts';
import { optionsOf } from './rewrite-options.ts';
import type { ViewFacts } from './view-facts.ts';

/** The options of a call, with what has to change where they come from. */
export interface GivenOptions {
  readonly options: Map<string, string>;
  readonly elsewhere?: Elsewhere | undefined;
}

/** The driver's option types. The library's options are narrower. */
const LOOSE =
  /^(?:Readonly<)?(?:Find|Aggregate|Count|CountDocuments|Distinct|Delete|Update|FindOneAndUpdate|FindOneAndDelete)\w*Options(?:<.*>)?>?$/s;
/** The types of the options that may are in a variable. */
const TYPES: Readonly<Record<string, (view: ViewFacts) => string>> = {
  sort: ({ name }) => `SafeSort<typeof ${name}>`,
  limit: () => 'number',
  skip: () => 'number',
  batchSize: () => 'number',
  maxTimeMS: () => 'number',
  allowDiskUse: () => 'boolean',
  upsert: () => 'boolean',
};

/** Options that are literals in the call, in a constant only for it, or in a variable that can be followed. */
export function givenOptions(node: Node | undefined, view: ViewFacts, index: NameIndex): GivenOptions {
  const written = node === undefined ? undefined : bare(node);
  if (written === undefined || !Node.isIdentifier(written) || written.getText() === 'undefined')
    return { options: optionsOf(node), elsewhere: sortElsewhere(written, view, index) };
  const own = inlined(written);
  if (Node.isObjectLiteralExpression(own))
    return { options: optionsOf(own), elsewhere: sortElsewhere(own, view, index) };
  const { objects, holders } = wayOf(written, index);
  const keys = new Set(objects.flatMap((object) => entriesOf(object).map(({ key }) => key ?? '')));
  const isKnown = [...keys].every((key) => TYPES[key] !== undefined);
  if (objects.length === 0 || !isKnown || holders.some((holder) => putInto(holder)?.length !== 0))
    throw new CannotMigrate('the options are in a variable: write them here');
  const isAlways = (key: string) => objects.every((object) => entriesOf(object).some((entry) => entry.key === key));
  const type = `{ ${[...keys].map((key) => `${key}${isAlways(key) ? '' : '?'}: ${TYPES[key]?.(view)}`).join('; ')} }`;
  const edits = holders.flatMap((holder) => typed(holder, type));
  return {
    options: new Map([['...', `...${written.getText()}`]]),
    elsewhere: { edits, needs: keys.has('sort') ? edits.flatMap(({ file }) => needsOf(file, view)) : [] },
  };
}

/** A sort in a variable: replaces the driver's `Sort` by `SafeSort` on the way. */
function sortElsewhere(options: Node | undefined, view: ViewFacts, index: NameIndex): Elsewhere | undefined {
  const sort = Node.isObjectLiteralExpression(options) ? entryOf(options, 'sort') : undefined;
  if (sort === undefined || Node.isObjectLiteralExpression(bare(sort))) return undefined;
  const types = wayOf(sort, index).holders.flatMap((holder) => {
    const annotation = annotationOf(holder);
    return annotation === undefined ? [] : typesNamed(annotation, 'Sort');
  });
  return {
    edits: types.map((type) => replace(type, `SafeSort<typeof ${view.name}>`)),
    needs: types.flatMap((type) => needsOf(type.getSourceFile().getFilePath(), view)),
  };
}

function needsOf(file: string, view: ViewFacts): readonly Need[] {
  return [
    { file, from: 'library', name: 'type SafeSort' },
    { file, from: 'views', name: `type ${view.name}` },
  ];
}

/** Replaces the driver's type by the narrow one. A variable without a type gets it too, because its literals would be widened. */
function typed(holder: Node, type: string): readonly Edit[] {
  const annotation = annotationOf(holder);
  if (annotation !== undefined) return LOOSE.test(annotation.getText()) ? [replace(annotation, type)] : [];
  if (!Node.isVariableDeclaration(holder)) return [];
  const name = holder.getNameNode();
  return [{ file: name.getSourceFile().getFilePath(), start: name.getEnd(), end: name.getEnd(), text: `: ${type}` }];
}
