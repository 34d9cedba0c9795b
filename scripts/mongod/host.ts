import { type Environment, type RunCommand, runCommand } from './run-command.ts';

/** Everything that the search for a server uses of the machine, so that a test can replace it. */
export interface Host {
  readonly env: Environment;
  readonly platform: string;
  readonly arch: string;
  /** The version of glibc, or undefined with another C library. */
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
  // stdout belongs to the calling program.
  say: (line) => console.error(line),
};

function glibcVersion(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  // Otherwise the report resolves the name of every address in use, which is slow without a network.
  const reporter: NodeJS.ProcessReport & { excludeNetwork?: boolean } = process.report;
  reporter.excludeNetwork = true;
  const report = reporter.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime;
}
