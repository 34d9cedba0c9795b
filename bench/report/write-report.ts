import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Prints a report, and writes it if there is a folder. */
export async function writeReport(folder: string | undefined, name: string, text: string): Promise<void> {
  console.log(text);
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), text);
}
