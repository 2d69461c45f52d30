/** Files on disk as the editor's file system gives them, with a record of what was asked. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FileSystem } from '../../src/editor/sourceFiles';

/** A folder that a test owns. */
export interface Folder {
  /** Without a slash at the end. */
  readonly uri: string;
  write(name: string, text: string): void;
  remove(): void;
}

/** Makes a folder with files. */
export function makeFolder(files: Readonly<Record<string, string>>): Folder {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'convlens-files-'));
  const write = (name: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    fs.writeFileSync(path.join(home, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const remove = (): void => fs.rmSync(home, { recursive: true, force: true });
  return { uri: pathToFileURL(home).href, write, remove };
}

/** Node's file system; `asked` collects what was listed and read, `open` holds the texts of open documents that are not saved. */
export function nodeFiles(): FileSystem & { readonly asked: string[]; readonly open: Map<string, string> } {
  const asked: string[] = [];
  const open = new Map<string, string>();
  return {
    asked,
    open,
    openText: (uri) => {
      const text = open.get(uri);
      return text === undefined ? undefined : { text, isSaved: false };
    },
    isInside: () => false,
    list: async (folder) => {
      asked.push(`list ${folder}`);
      const entries = await fs.promises.readdir(fileURLToPath(folder), { withFileTypes: true });
      const names = (isOfKind: (entry: fs.Dirent) => boolean): Set<string> =>
        new Set(entries.filter(isOfKind).map(({ name }) => name));
      return { files: names((entry) => entry.isFile()), folders: names((entry) => entry.isDirectory()) };
    },
    size: async (uri) => (await fs.promises.stat(fileURLToPath(uri))).size,
    read: (uri) => {
      asked.push(`read ${uri}`);
      return fs.promises.readFile(fileURLToPath(uri));
    },
  };
}
