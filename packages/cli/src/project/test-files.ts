const TEST_FILE = /(?:^|\/)(?:__tests?__|__mocks__|tests?|e2e|cypress)\/|\.(?:test|spec|e2e-spec|cy)\.[cm]?[jt]sx?$/;

/** Whether a file has tests, by its name or its folder, relative to the project. */
export function isTestFile(file: string): boolean {
  return TEST_FILE.test(file);
}
