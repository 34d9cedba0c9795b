import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const COMPILER = join(ROOT, 'node_modules/@typescript/native/bin/tsc');

/** An error of the compiler, with the line of the source that it is about. */
export interface CompileError {
  /** Relative to `src`. */
  readonly file: string;
  readonly text: string;
}

/** Compiles a copy of the source with other texts for these files. */
export async function compileChanged(texts: ReadonlyMap<string, string>): Promise<readonly CompileError[]> {
  const folder = await mkdtemp(join(tmpdir(), 'grammar-'));
  try {
    await cp(join(ROOT, 'src'), join(folder, 'src'), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(ROOT, 'tsconfig.json'),
        compilerOptions: { skipLibCheck: true },
        include: ['src'],
        exclude: [],
      }),
    );
    for (const [file, text] of texts) await writeFile(join(folder, 'src', file), text);
    return await readErrors(await compile(folder), folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The output of the compiler. It ends with an exit code if there are errors. */
function compile(folder: string): Promise<string> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [COMPILER, '-p', folder, '--pretty', 'false'],
      { cwd: folder, maxBuffer: 2 ** 26 },
      (_error, output) => done(output),
    );
  });
}

async function readErrors(output: string, folder: string): Promise<readonly CompileError[]> {
  const errors: CompileError[] = [];
  for (const message of output.split(/\n(?=\S)/)) {
    const [, file, line] = /^src[\\/](.+?)\((\d+),\d+\): error /.exec(message) ?? [];
    if (file === undefined) {
      if (message.includes('error TS')) throw new Error(message);
      continue;
    }
    const source = (await readFile(join(folder, 'src', file), 'utf8')).split('\n')[Number(line) - 1] ?? '';
    errors.push({ file: file.replaceAll('\\', '/'), text: `${message}\n${source}` });
  }
  return errors;
}
