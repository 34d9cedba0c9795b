import { startServer } from '../../scripts/mongod/start-server.ts';

// A program that starts a server and is then killed: what it started has to die with it.
const { processIds } = await startServer();
console.log(JSON.stringify(processIds));
setInterval(() => {}, 60_000);
