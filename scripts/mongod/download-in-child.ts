import { MongoBinary } from 'mongodb-memory-server';
import { reasonOf } from './reason-of.ts';

// The last line on stdout is the result; the lines before are the progress of the download.
try {
  console.log(await MongoBinary.getPath({ downloadDir: process.argv[2] ?? '' }));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
