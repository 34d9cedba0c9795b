import type * as Loaded from './open-editor.ts';

/** Loads the editor, which is large and bundled by itself, with its style. */
export async function loadEditor(folder: string): Promise<typeof Loaded> {
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = `${folder}editor.css`;
  document.head.append(style);
  const address = new URL(`${folder}editor.js`, location.href).href;
  return (await import(/* @vite-ignore */ address)) as typeof Loaded;
}
