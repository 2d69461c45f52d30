/** Finds Python files and notebooks, and reads them as text. */
import fs from 'node:fs';
import path from 'node:path';

const SKIPPED = new Set(['node_modules', 'venv', '__pycache__', 'site-packages']);
const ENDINGS = ['.py', '.ipynb'];
/** Files with more bytes are not source that a person wrote. */
const LARGEST = 4 * 1024 * 1024;

/** A file's text, or why it has none. */
export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'problem';
      readonly code: 'file.unreadable' | 'file.binary' | 'file.too-large';
      readonly message: string;
    };

/**
 * The files that a path of the command line means: itself, or for a folder all Python files and notebooks in it,
 * sorted, without hidden folders, installed packages and links to folders. `undefined` when there is no such path.
 */
export function findFiles(start: string): string[] | undefined {
  const stats = fs.statSync(start, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  return stats.isDirectory() ? filesIn(start) : [start];
}

/** Reads a file as UTF-8. */
export function readText(file: string): FileText {
  try {
    const { size } = fs.statSync(file);
    if (size > LARGEST)
      return problem('file.too-large', `the file has ${size} bytes; more than ${LARGEST} are not read`);
    const bytes = fs.readFileSync(file);
    if (bytes.includes(0)) return problem('file.binary', 'the file is binary, not text');
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return problem('file.binary', 'the file is not UTF-8 text');
    return problem('file.unreadable', error instanceof Error ? error.message : String(error));
  }
}

function filesIn(folder: string): string[] {
  const entries = entriesOf(folder).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name.startsWith('.') || SKIPPED.has(entry.name) ? [] : filesIn(file);
    return ENDINGS.includes(path.extname(entry.name)) ? [file] : [];
  });
}

function entriesOf(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function problem(code: Extract<FileText, { kind: 'problem' }>['code'], message: string): FileText {
  return { kind: 'problem', code, message };
}
