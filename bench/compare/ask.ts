import { MongoClient, ObjectId } from 'mongodb';

import { type Answer, type OpenLibrary, type Question, QUESTIONS, type Sent } from './library.ts';

const USERS = [
  {
    _id: new ObjectId('6b0519c1186421491b7b0b07'),
    username: 'ada',
    age: 36,
    password_hash: '$2b$12$Kq0m',
    internal_role: 'user',
    profile: { bio: 'Engines.', ssn: '000-12-1815' },
    reset_token: 'r-81',
  },
  {
    _id: new ObjectId('6b0519c1186421491b7b0b08'),
    username: 'lin',
    age: 29,
    password_hash: '$2b$12$Vt7w',
    internal_role: 'user',
    profile: { bio: 'Kernels.', ssn: '000-19-1969' },
    reset_token: 'r-82',
  },
];

/** As a query parser and `JSON.parse` make it. The type is wrong, as after a cast. */
const SENT = { username: { $ne: '' }, body: { age: 30, internal_role: 'admin' } } as unknown as Sent;

/** Asks a library all questions. Each call begins with the same two documents, in a database of its own. */
export async function ask(open: OpenLibrary, uri: string, database: string): Promise<ReadonlyMap<Question, Answer>> {
  const client = await new MongoClient(uri).connect();
  const users = client.db(database).collection('users');
  const library = await open(uri, database, SENT);
  const answers = new Map<Question, Answer>();
  try {
    for (const question of Object.keys(QUESTIONS) as Question[]) {
      await users.deleteMany({});
      await users.insertMany(USERS);
      const call = library.calls[question];
      // A refused `find()` throws at once, before there is a promise.
      const answer = await (async () => await call())().then(
        (value) => ({ sent: JSON.stringify(value), isRefused: false }),
        (error: Error) => ({ sent: error.message, isRefused: true }),
      );
      // After a change, what is stored says more than what was returned.
      const user = await users.findOne({ username: 'ada' }, { projection: { _id: 0, age: 1, internal_role: 1 } });
      const sent = question === 'body' && !answer.isRefused ? JSON.stringify(user) : answer.sent;
      answers.set(question, { library: library.name, call: call.toString(), sent, isRefused: answer.isRefused });
    }
    return answers;
  } finally {
    await client.db(database).dropDatabase();
    await library.close();
    await client.close();
  }
}
