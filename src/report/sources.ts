/** The files that imports reach, from disk: read when an import asks for them, and only once. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { SourceFile, SourceFiles } from '../analysis/analyser';
import { readText } from './files';

const MISSING: SourceFile = { kind: 'missing' };

/** Imports start from the folders of the paths on the command line, the working directory, and `src` in each of them. */
export function sourcesAround(paths: readonly string[]): SourceFiles {
  const folders = [...paths.map(folderOf), process.cwd()].map((folder) => path.resolve(folder));
  const roots = folders.flatMap((folder) => [folder, path.join(folder, 'src')]).map(addressOf);
  const known = new Map<string, SourceFile>();
  const read = (uri: string): SourceFile => {
    const file = known.get(uri) ?? fileAt(uri);
    known.set(uri, file);
    return file;
  };
  return { roots: [...new Set(roots)], read };
}

function folderOf(start: string): string {
  return fs.statSync(start, { throwIfNoEntry: false })?.isDirectory() === true ? start : path.dirname(start);
}

function addressOf(folder: string): string {
  return pathToFileURL(folder).href.replace(/\/+$/, '');
}

function fileAt(uri: string): SourceFile {
  if (!uri.startsWith('file:')) return MISSING;
  const file = fileURLToPath(uri);
  if (fs.statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return MISSING;
  const content = readText(file);
  return content.kind === 'text' ? content : MISSING;
}
