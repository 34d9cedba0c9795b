import { dirname, join } from 'node:path';

import ts from 'typescript';

import { STRICT } from '../../.vitepress/compiler-options.ts';
import type { PageBlock } from './page-block.ts';

/** A compiled program of all blocks, with the language service for their types. */
export interface CompiledBlocks {
  readonly service: ts.LanguageService;
  readonly fileOf: (block: PageBlock) => string;
}

/** The options of a strict project, against the declarations that are published. */
function optionsFor(root: string): ts.CompilerOptions {
  return {
    ...STRICT,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    typeRoots: [join(root, 'node_modules/@types')],
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    // NestJS injects by them.
    experimentalDecorators: true,
    paths: {
      'safe-collection': [join(root, 'dist/index.d.ts')],
      'safe-collection/*': [join(root, 'dist/*.d.ts')],
    },
  };
}

/** Compiles all blocks in one program: the types of the library are computed once. */
export function compileBlocks(root: string, blocks: readonly PageBlock[]): CompiledBlocks {
  const texts = new Map<string, string>();
  const folderOf = ({ id }: PageBlock) => join(root, '.blocks', id);
  const fileOf = (block: PageBlock) => join(block.isExample ? root : folderOf(block), block.path);
  for (const block of blocks) {
    texts.set(fileOf(block), block.hidden + block.code);
    for (const [path, text] of block.others) texts.set(join(folderOf(block), path), text);
  }
  const folders = new Set([...texts.keys()].flatMap((file) => [dirname(file), dirname(dirname(file))]));
  const { sys } = ts;
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => optionsFor(root),
    getScriptFileNames: () => [...texts.keys()],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = texts.get(name) ?? sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => texts.has(name) || sys.fileExists(name),
    readFile: (name) => texts.get(name) ?? sys.readFile(name),
    directoryExists: (name) => folders.has(name) || sys.directoryExists(name),
    getDirectories: (...args) => sys.getDirectories(...args),
    readDirectory: (...args) => sys.readDirectory(...args),
  };
  return { service: ts.createLanguageService(host), fileOf };
}
