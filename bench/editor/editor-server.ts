/** An editor's language server, with one module open. Offsets count characters from the module's start. */
export interface EditorServer {
  readonly name: string;
  open(file: string, text: string): Promise<void>;
  /** Simulates a typed key: the server gets the module's new text. */
  change(text: string): Promise<void>;
  /** The names in the completion list. */
  completion(offset: number): Promise<readonly string[]>;
  hover(offset: number): Promise<string>;
  /** The messages of all errors in the module. */
  diagnostics(): Promise<readonly string[]>;
  close(): Promise<void>;
}
