import { MongoBinary } from 'mongodb-memory-server';
import { reasonOf } from './reason-of.ts';

// The last line on standard output is the answer; the lines before it are the download's progress.
try {
  console.log(await MongoBinary.getPath({ downloadDir: process.argv[2] ?? '' }));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
