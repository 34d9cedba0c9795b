import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { Node, fileName, ProjectError, SyntaxKind, Tracer } from '../project/index.ts';
import type { CallExpression, NameIndex, OpenedProject } from '../project/index.ts';
import { CannotMigrate } from '../migrate/cannot-migrate.ts';
import { viewsIn } from '../migrate/view-facts.ts';
import { judgeField } from '../sensitive/judge-field.ts';
import { prismaDatabase } from '../sources/database-file.ts';
import type { ReadSource, Source, SourceCall } from '../sources/source.ts';
import { readText } from '../terminal/files.ts';
import { documentFields } from './document-fields.ts';
import { readSchema } from './read-schema.ts';
import type { PrismaModel, PrismaSchema } from './schema-facts.ts';
import { CLIENT_METHODS, translateCall } from './translate-call.ts';

/** Finds the models of a Prisma schema and every call of a client. */
export function readPrisma(schema: string | undefined): ReadSource {
  return (opened, index): Source => {
    const known = readSchema(schemaText(opened.root, schema));
    return {
      calls: callsIn(opened, index, known),
      collections: known.models.map(({ collection, fields }) => ({ name: collection, fields: documentFields(fields) })),
      databaseFile: prismaDatabase(known.address),
      opening: [],
    };
  };
}

/** The schema, or all the files of a folder of schemas. */
function schemaText(root: string, given: string | undefined): string {
  const place = resolve(
    root,
    given ?? (existsSync(join(root, 'prisma/schema.prisma')) ? 'prisma/schema.prisma' : 'schema.prisma'),
  );
  if (!existsSync(place)) throw new ProjectError(`There is no Prisma schema at ${place}. Name it with --schema.`);
  if (!statSync(place).isDirectory()) return readText(place) ?? '';
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.prisma'))
    .toSorted()
    .map((name) => readText(join(place, name)) ?? '')
    .join('\n');
}

function callsIn(opened: OpenedProject, index: NameIndex, schema: PrismaSchema): readonly SourceCall[] {
  const clients = Tracer.of<Node>(index, (node) =>
    Node.isNewExpression(node) && node.getExpression().getText().endsWith('PrismaClient') ? [node] : undefined,
  );
  const extended = ['$extends', '$use'].find((name) => index.calls.has(name));
  const views = viewsIn(opened);
  const publicIn = (one: PrismaModel) => {
    const returns = views.get(one.collection)?.returns;
    return (path: string) =>
      returns === undefined ? judgeField(path) === undefined || path === '_id' : returns[path] !== undefined;
  };
  const related = (name: string) => {
    const other = schema.models.find((one) => one.name === name);
    return other && { model: other, isPublic: publicIn(other) };
  };
  return opened.project.getSourceFiles().flatMap((file) =>
    file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((node): readonly SourceCall[] => {
      const model = modelOf(node, schema, clients);
      const callee = node.getExpression();
      if (model === undefined || !Node.isPropertyAccessExpression(callee)) return [];
      const method = callee.getName();
      return [
        {
          node,
          method,
          collection: model.collection,
          file: fileName(node, opened.root),
          line: node.getStartLineNumber(),
          translate: () => {
            if (extended !== undefined)
              throw new CannotMigrate(`the client is changed by ${extended}(), which may change any call`);
            checkTransaction(node);
            return translateCall({ node, method, model, index, isPublic: publicIn(model), related });
          },
        },
      ];
    }),
  );
}

/** `prisma.user.findMany()`: a method of a model of a client, or of a variable with a client's name. */
function modelOf(node: CallExpression, { models }: PrismaSchema, clients: Tracer<Node>): PrismaModel | undefined {
  const callee = node.getExpression();
  if (!Node.isPropertyAccessExpression(callee) || !CLIENT_METHODS.has(callee.getName())) return undefined;
  const held = callee.getExpression();
  const model = Node.isPropertyAccessExpression(held)
    ? models.find(({ client }) => client === held.getName())
    : undefined;
  if (model === undefined || !Node.isPropertyAccessExpression(held)) return undefined;
  const client = held.getExpression();
  const name = client.getText().split('.').at(-1) ?? '';
  return /^(?:prisma\w*|\w*prisma|db|tx|trx|client|orm)$/i.test(name) || clients.trace(client).length > 0
    ? model
    : undefined;
}

/** A Prisma transaction has its own session. */
function checkTransaction(node: Node): void {
  const around = node.getFirstAncestor(
    (one) => Node.isCallExpression(one) && one.getExpression().getText().endsWith('.$transaction'),
  );
  const callee = Node.isCallExpression(node) ? node.getExpression() : undefined;
  const isByName = Node.isPropertyAccessExpression(callee) && /^(?:tx|trx)\./.test(callee.getText());
  if (around !== undefined || isByName)
    throw new CannotMigrate('it is in a transaction of Prisma: use withTransaction() of the library');
}
