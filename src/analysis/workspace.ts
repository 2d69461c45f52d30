/** Where imported modules are: from dotted names to files around the code that imports them. */
import type { SourceFiles } from './analyser';

/** Where a module is. `pending`: not known yet. */
export type Located =
  | { readonly kind: 'file'; readonly uri: string; readonly text: string; readonly isPackage: boolean }
  | { readonly kind: 'missing' }
  | { readonly kind: 'pending' };

/** Finds modules for one analysis. */
export interface Workspace {
  /** The file of the module `path`, imported with `level` leading dots by the file at `from`. */
  locate(path: string, level: number, from: string): Located;
  /** The file `name.py` right beside the one at `from`, unless that one is part of a package. */
  beside(name: string, from: string): Located;
  /** The full name of the module in a file: from the outermost folder that has an `__init__.py`. */
  nameOf(uri: string): string;
}

const MISSING: Located = { kind: 'missing' };

/** Folders that are looked into above the outermost package; imports from further up are not. */
const MOST_FOLDERS = 12;

export function createWorkspace(files: SourceFiles | undefined): Workspace {
  if (files === undefined) return { locate: () => MISSING, beside: () => MISSING, nameOf: baseName };
  const found = new Map<string, Located>();
  const tops = new Map<string, string>();

  const read = (uri: string, isPackage: boolean): Located => {
    const file = files.read(uri);
    return file.kind === 'text' ? { kind: 'file', uri, text: file.text, isPackage } : file;
  };

  /** The module at `folder/a/b` for `a.b`: a package, or else a file. */
  const moduleIn = (folder: string, path: string): Located => {
    const place = path === '' ? folder : `${folder}/${path.split('.').join('/')}`;
    const inside = read(`${place}/__init__.py`, true);
    return inside.kind !== 'missing' || path === '' ? inside : read(`${place}.py`, false);
  };

  /** The folder that holds the outermost package around `folder`. */
  const topOf = (folder: string): string => {
    const known = tops.get(folder);
    if (known !== undefined) return known;
    const isPackage = files.read(`${folder}/__init__.py`).kind === 'text';
    const top = isPackage && folder.includes('/') ? topOf(parentOf(folder)) : folder;
    tops.set(folder, top);
    return top;
  };

  /** Where an absolute import by a file of `folder` starts: as Python runs the file, then as projects are laid out. */
  const startsOf = (folder: string): readonly string[] => {
    const top = topOf(folder);
    const root = files.roots.find((each) => top === each || top.startsWith(`${each}/`));
    const above: string[] = [];
    for (let each = top; root !== undefined && each !== root && above.length < MOST_FOLDERS;)
      above.push((each = parentOf(each)));
    return [...new Set([folder, top, ...above, ...files.roots])];
  };

  const firstOf = (folders: readonly string[], path: string): Located => {
    for (const folder of folders) {
      const located = moduleIn(folder, path);
      if (located.kind !== 'missing') return located;
    }
    return MISSING;
  };

  const locate = (path: string, level: number, folder: string): Located => {
    if (level === 0) return firstOf(startsOf(folder), path);
    let base = folder;
    for (let up = 1; up < level; up++) base = parentOf(base);
    return moduleIn(base, path);
  };

  return {
    locate(path, level, from) {
      const folder = parentOf(fileOf(from, files.roots));
      const key = `${level} ${path} ${folder}`;
      const located = found.get(key) ?? locate(path, level, folder);
      found.set(key, located);
      return located;
    },
    beside(name, from) {
      const folder = parentOf(fileOf(from, files.roots));
      return topOf(folder) === folder ? read(`${folder}/${name}.py`, false) : MISSING;
    },
    nameOf(uri) {
      const file = fileOf(uri, files.roots);
      const top = topOf(parentOf(file));
      const path = file.slice(top.length + 1).replace(/(\/__init__)?\.py$/, '');
      return path.split('/').join('.');
    },
  };
}

/** The address of the file that a document or notebook cell is part of, in the scheme of the workspace. */
function fileOf(uri: string, roots: readonly string[]): string {
  const [address = uri] = uri.split('#');
  const [scheme] = roots[0]?.split(':') ?? [];
  return scheme !== undefined && address.startsWith('vscode-notebook-cell:')
    ? `${scheme}${address.slice(address.indexOf(':'))}`
    : address;
}

function parentOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.lastIndexOf('/')));
}

function baseName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1).replace(/\.py$/, '');
}
