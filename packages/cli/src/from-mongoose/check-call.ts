import { followResult, functionAround, Node } from '../project/index.ts';
import type { NameIndex } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { allPaths } from './schema-facts.ts';
import type { SchemaFacts } from './schema-facts.ts';
import type { MongooseCall } from './translate-call.ts';

/** The hooks that run for a method. */
const HOOKS: Readonly<Record<string, readonly string[]>> = {
  find: ['find', 'init'],
  findOne: ['findOne', 'init'],
  findById: ['findOne', 'init'],
  exists: ['findOne'],
  findOneAndUpdate: ['findOneAndUpdate', 'init'],
  findByIdAndUpdate: ['findOneAndUpdate', 'init'],
  findOneAndDelete: ['findOneAndDelete', 'init'],
  findByIdAndDelete: ['findOneAndDelete', 'init'],
  create: ['save', 'validate', 'init', 'createCollection'],
};

export function checkHooks(method: string, { hooks }: SchemaFacts): void {
  const own = HOOKS[method] ?? [method];
  const hook = hooks.find((name) =>
    own.some((one) => (name.startsWith('/') ? patternOf(name).test(one) : name === one)),
  );
  if (hook !== undefined) throw new CannotMigrate(`its schema has a hook at '${hook}', which only Mongoose runs`);
}

function patternOf(text: string): RegExp {
  const end = text.lastIndexOf('/');
  return new RegExp(text.slice(1, end), text.slice(end + 1).replaceAll(/[gy]/g, ''));
}

/** A query in a variable without `await` may be changed later. */
export function checkAwaited(node: Node): void {
  const parent = node.getParent();
  if (
    Node.isVariableDeclaration(parent) ||
    (Node.isBinaryExpression(parent) && parent.getOperatorToken().getText() === '=')
  )
    throw new CannotMigrate('the query is built step by step: write it in one piece');
}

/** Features that only a Mongoose document has: virtuals, methods, getters, and its own JSON. */
export function checkDocument(
  { chain, model: { schema }, method }: MongooseCall,
  isLean: boolean,
  index: NameIndex,
): void {
  const followed = { node: chain.end, method: method.startsWith('findByIdAnd') ? 'findOneAndUpdate' : method };
  if (isLean) return;
  const { paths, exits } = followResult(followed, index);
  const getter = allPaths(schema.paths).find(({ functions }) =>
    functions.some((name) => name === 'get' || name === 'alias' || name === 'transform'),
  );
  if (getter !== undefined)
    throw new CannotMigrate(`its schema has a getter, an alias or a transform at '${getter.name}'`);
  const virtual = paths.find((path) => schema.virtuals.has(path) || path === 'id');
  if (virtual !== undefined)
    throw new CannotMigrate(
      virtual === 'id'
        ? "the code reads 'id', which Mongoose makes of '_id': read _id.toHexString()"
        : `the code reads '${virtual}', which is a virtual of the schema`,
    );
  const isSent = exits.some(({ path }) => path === '');
  if (schema.changesJson && isSent)
    throw new CannotMigrate('the whole document is passed on here, and its schema changes its JSON (toJSON, toObject)');
  const used = functionAround(chain.end);
  const changed = used === undefined ? undefined : savedName(chain.end, used);
  if (changed !== undefined)
    throw new CannotMigrate(`the code calls ${changed}() of the document: change it with updateOne() of the model`);
}

const METHODS =
  /\.(save|populate|set|markModified|isModified|toObject|toJSON|deleteOne|updateOne|validate|overwrite|unmarkModified|increment)\(/;

/** A call of a document method on the variable of the result. */
function savedName(node: Node, around: Node): string | undefined {
  const declared = node.getFirstAncestor(Node.isVariableDeclaration);
  const name = declared?.getNameNode();
  if (declared === undefined || !Node.isIdentifier(name) || functionAround(declared) !== around) return undefined;
  const text = around.getText();
  for (let at = text.indexOf(name.getText()); at >= 0; at = text.indexOf(name.getText(), at + 1)) {
    const found = new RegExp(`^[?!]?${METHODS.source}`).exec(text.slice(at + name.getText().length));
    if (found !== null && !/[\w$.]/.test(text[at - 1] ?? ' ')) return found[1];
  }
  return undefined;
}
