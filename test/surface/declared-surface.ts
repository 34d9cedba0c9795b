import { createRequire } from 'node:module';
import ts from 'typescript';

/** What the declarations of the driver say about one class. */
export interface DeclaredClass {
  /** The names of its own and inherited members; members that the declarations call private or internal are not in them. */
  readonly members: readonly string[];
  /** The names of the options of each method that takes an object of options. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** Reads the declarations of the installed driver. Each class has to be there. */
export function declaredSurface<Name extends string>(names: readonly Name[]): Readonly<Record<Name, DeclaredClass>> {
  const file = createRequire(import.meta.url).resolve('mongodb/mongodb.d.ts');
  const program = ts.createProgram([file], { skipLibCheck: true, types: ['node'], strict: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error('The declarations of the driver could not be read.');
  const exported = new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]));
  const entries = names.map((name) => {
    const symbol = exported.get(name);
    if (symbol === undefined) throw new Error(`The driver does not declare ${name}.`);
    return [name, readClass(checker.getDeclaredTypeOfSymbol(symbol), checker)] as const;
  });
  return Object.fromEntries(entries) as Record<Name, DeclaredClass>;
}

function readClass(type: ts.Type, checker: ts.TypeChecker): DeclaredClass {
  const properties = checker.getPropertiesOfType(type);
  const options = new Map<string, readonly string[]>();
  for (const method of properties) {
    const found = optionsOf(method, checker);
    if (found.length > 0) options.set(method.name, found);
  }
  return { members: properties.map(({ name }) => readableName(name)), options };
}

/** The option names of all overloads of a method. */
function optionsOf(method: ts.Symbol, checker: ts.TypeChecker): string[] {
  const names = new Set<string>();
  for (const signature of checker.getTypeOfSymbol(method).getCallSignatures()) {
    for (const parameter of signature.parameters.filter(({ name }) => name === 'options')) {
      const type = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
      for (const property of checker.getPropertiesOfType(type)) names.add(property.name);
    }
  }
  return [...names].toSorted();
}

/** The compiler writes the well-known symbol `Symbol.asyncIterator` as `__@asyncIterator@123`. */
function readableName(name: string): string {
  return name.replace(/^__@(\w+)@\d+$/, 'Symbol.$1');
}
