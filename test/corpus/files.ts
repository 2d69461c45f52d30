/** Python files of a folder, as the analysis reads them. */
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import type { SourceFile, SourceFiles } from '../../src/analysis/analyser';

/** The address of a file or folder. */
export function addressOf(file: string): string {
  return pathToFileURL(file).href.replace(/\/$/, '');
}

/** Files on disk, each read once, with absolute imports starting from `root`. */
export function filesIn(root: string): SourceFiles {
  const known = new Map<string, SourceFile>();
  const read = (uri: string): SourceFile => {
    try {
      return { kind: 'text', text: fs.readFileSync(fileURLToPath(uri), 'utf8') };
    } catch {
      return { kind: 'missing' };
    }
  };
  return {
    roots: [addressOf(root)],
    read: (uri) => {
      const file = known.get(uri) ?? read(uri);
      known.set(uri, file);
      return file;
    },
  };
}

/** Every Python file below a folder, as paths with slashes inside it, sorted. */
export function pythonFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py'))
    .map((name) => name.split(path.sep).join('/'))
    .sort();
}
