import { expect, it } from 'vitest';

import { readPrisma } from '../../src/from-prisma/read-prisma.ts';
import { readSchema } from '../../src/from-prisma/read-schema.ts';
import { indexNames, openProject } from '../../src/project/index.ts';
import { interfaceOf } from '../../src/sources/document-field.ts';
import { folderOf } from '../support/folder.ts';
import { expectTranslations } from '../support/translate.ts';
import type { TranslationRule } from '../support/translate.ts';

const SCHEMA = `datasource db {
  provider = "mongodb"
  url      = env("MONGO")
}
enum Kind {
  A
  B @map("b")
}
type Place {
  city String
  code String? @map("c")
}
model Team {
  id    String @id @default(auto()) @map("_id") @db.ObjectId
  name  String
  users User[]
}
model User {
  id     String   @id @default(auto()) @map("_id") @db.ObjectId
  name   String
  bio    String?
  age    Int      @default(18)
  kind   Kind
  tags   String[]
  place  Place?
  teamId String?  @db.ObjectId
  team   Team?    @relation(fields: [teamId], references: [id])
  at     DateTime @updatedAt
  meta   Json?
  @@unique([name, age])
  @@map("people")
}
`;
const HEAD = `declare class PrismaClient { user: any; team: any; $transaction: any }\nconst prisma = new PrismaClient();\n`;

const count = (where: string) => `await prisma.user.count({ where: ${where} });`;
const counted = (filter: string) => `users.countDocuments(${filter})`;
const NULL = (name: string, what: string) =>
  `'${name}' is optional: a missing field does not match '${what}' in Prisma, and does in MongoDB`;

const RULES: readonly TranslationRule[] = [
  [
    `const found = await prisma.user.findMany({ include: { team: true } }); console.log(found.map((one) => [one.age, one.team?.name]));`,
    `users.find({}, { populate: { team: { from: 'Team', localField: 'teamId', foreignField: '_id', projection: { name: 1 }, justOne: true } } }).toArray().then((found) => found.map((user) => ({ age: user.age, team: user.team ? { name: user.team.name } : null })))`,
  ],
  [
    `const found = await prisma.user.findFirst({ where: { name: id }, include: { team: { select: { id: true } } } }); console.log(found?.team?.id);`,
    `users.find({ name: id }, { limit: 1, populate: { team: { from: 'Team', localField: 'teamId', foreignField: '_id', projection: { _id: 1 }, justOne: true } } }).toArray().then((list) => list[0] ?? null).then((found) => found && { team: found.team ? { id: found.team._id.toHexString() } : null })`,
  ],
  [
    `await prisma.team.findMany({ include: { users: true } });`,
    `include of 'users' joins several records: use findPopulated()`,
  ],
  [
    `await prisma.user.findMany({ include: { team: { where: { name: id } } } });`,
    `include of 'team' has conditions: use findPopulated()`,
  ],
  [count(`{ id }`), counted(`{ _id: new ObjectId(id) }`)],
  [count(`{ id: { in: [id] } }`), counted(`{ _id: { $in: [new ObjectId(id)] } }`)],
  [count(`{ name: { contains: 'a.b' } }`), counted(String.raw`{ name: { $regex: 'a\\.b' } }`)],
  [count(`{ name: { endsWith: id } }`), counted(String.raw`{ name: { $regex: asPattern(id) + '$(?!\\n)' } }`)],
  [
    count(`{ name: { equals: id, mode: 'insensitive' } }`),
    counted(String.raw`{ name: { $regex: '^' + asPattern(id) + '$(?!\\n)', $options: 'i' } }`),
  ],
  [count(`{ name: maybe }`), counted(`{ ...(maybe === undefined ? {} : { name: maybe }) }`)],
  [count(`{ age: { gte: 1, lt: n } }`), counted(`{ age: { $gte: 1, $lt: n } }`)],
  [count(`{ bio: null }`), counted(`{ bio: { $type: 'null' } }`)],
  [count(`{ bio: { isSet: false } }`), counted(`{ bio: { $exists: false } }`)],
  [
    count(`{ AND: [{ name: id }, { OR: [{ age: 1 }, { age: 2 }] }] }`),
    counted(`{ $and: [{ name: id }, { $or: [{ age: 1 }, { age: 2 }] }] }`),
  ],
  [count(`{ NOT: { name: id } }`), counted(`{ $nor: [{ name: id }] }`)],
  [count(`{ name_age: { name: id, age: n } }`), counted(`{ name: id, age: n }`)],
  [count(`{ place: { is: { city: id } } }`), counted(`{ 'place.city': id }`)],
  [count(`{ tags: { hasSome: ['a'] } }`), counted(`{ tags: { $in: ['a'] } }`)],
  [count(`{ bio: { not: id } }`), NULL('bio', 'not')],
  [count(`{ bio: { notIn: [id] } }`), NULL('bio', 'notIn')],
  [
    count(`{ NOT: { bio: id } }`),
    'NOT on an optional field: a missing field does not match in Prisma, and does in MongoDB',
  ],
  [count(`{ bio: { lt: id } }`), `'bio' is optional: null is less than any value in Prisma, and not in MongoDB`],
  [
    count(`{ bio: nil }`),
    `'bio' may be compared with null, which a missing field does not match in Prisma, and does in MongoDB`,
  ],
  [count(`{ tags: { isEmpty: true } }`), `'isEmpty' of the list 'tags' means something else for a missing list`],
  [count(`{ OR: [{ name: maybe }] }`), `'name' of the filter may be undefined: build the filter without it`],
  [
    count(`{ team: { is: { name: id } } }`),
    `the filter asks for 'team', which is a relation: read it by itself, or join it with $lookup`,
  ],
  [count(`{ kind: 'A' }`), `the words of 'kind' are stored under other names`],
  [
    `const user = await prisma.user.findFirst({ where: { name: id } }); console.log(user.id, user.bio, user.place);`,
    `users.findOne({ name: id }).then((found) => found && { id: found._id.toHexString(), bio: found.bio ?? null, place: found.place ? { city: found.place.city, code: found.place.c ?? null } : null })`,
  ],
  [
    `await prisma.user.update({ where: { id }, data: { name: maybe, age: { decrement: n }, tags: { push: id }, team: { connect: { id } } } });`,
    `users.updateOne({ _id: new ObjectId(id) }, { $set: { ...(maybe === undefined ? {} : { name: maybe }), teamId: new ObjectId(id), at: new Date() }, $inc: { age: -n }, $push: { tags: id } }).then(({ matchedCount }) => (matchedCount === 0 ? missing() : undefined))`,
  ],
  [`await prisma.team.create({ data: { name: id } });`, `users.insertOne({ name: id })`],
  [
    `await prisma.team.delete({ where: { id } });`,
    `Prisma looks after the relation that User has to it (onDelete): delete or check those records too`,
  ],
  [
    `await prisma.team.upsert({ where: { name: id }, create: { name: id }, update: { name: 'other' } });`,
    'the upsert writes other values to a new record than to one that is there',
  ],
  [
    `await prisma.team.upsert({ where: { name: 'x' }, create: { name: id }, update: {} });`,
    'the upsert finds by what its new record does not have: the server would store it too',
  ],
  [
    `try { await prisma.team.create({ data: { name: id } }); } catch (error) { if ((error as any).code === 'P2002') return; }`,
    'the catch around it looks at errors of Prisma: the library has DuplicateKeyError and others',
  ],
  [`await prisma.user.findMany({ take: -1 });`, 'take: -1 means something else in the driver'],
];

it('each rule of the translation', () => {
  expectTranslations(readPrisma(undefined), RULES, HEAD, { 'schema.prisma': SCHEMA });
});

it('an extended client keeps all calls', () => {
  const more = 'export const more = (prisma as any).$extends({});';
  const rule = [count('{ id }'), 'the client is changed by $extends(), which may change any call'] as const;
  expectTranslations(readPrisma(undefined), [rule], HEAD + more, { 'schema.prisma': SCHEMA });
});

it('the stored document of a model, and the address', () => {
  const opened = openProject(folderOf({ 'schema.prisma': SCHEMA }));
  const { collections, databaseFile } = readPrisma(undefined)(opened, indexNames(opened.project));
  expect(databaseFile).toContain("process.env['MONGO']");
  expect(interfaceOf('PersonDocument', collections.find(({ name }) => name === 'people')?.fields ?? []))
    .toBe(`export interface PersonDocument {
  _id: ObjectId;
  name: string;
  bio?: string | null;
  age: number;
  kind: string;
  tags?: string[];
  place?: {
    city: string;
    c?: string | null;
  } | null;
  teamId?: ObjectId | null;
  at: Date;
  meta?: unknown;
}`);
});

it('only schemas of MongoDB', () => {
  expect(() => readSchema('datasource db {\n provider = "postgresql"\n}')).toThrow(
    "The schema's datasource is postgresql, and has to be mongodb.",
  );
});
