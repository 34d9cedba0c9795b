import { type Environment, type RunCommand, runCommand } from './run-command.ts';

/** All that the search for a server asks of the machine, so that a test can stand in for it. */
export interface Host {
  readonly env: Environment;
  readonly platform: string;
  readonly arch: string;
  /** The version of glibc, or undefined where the C library is another one. */
  readonly glibc: string | undefined;
  readonly run: RunCommand;
  readonly say: (line: string) => void;
}

export const thisHost: Host = {
  env: process.env,
  platform: process.platform,
  arch: process.arch,
  get glibc() {
    return glibcVersion();
  },
  run: runCommand,
  // Standard output belongs to the program that asked for the server.
  say: (line) => console.error(line),
};

function glibcVersion(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  // The report would look up the name of every address in use, which takes long where there is no network.
  const reporter: NodeJS.ProcessReport & { excludeNetwork?: boolean } = process.report;
  reporter.excludeNetwork = true;
  const report = reporter.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime;
}
