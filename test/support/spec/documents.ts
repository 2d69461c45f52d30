/** Specifications as they stand in Markdown: a heading is a case, its fenced blocks are a file or notebook cells. */
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from '../host/paths';

/** One heading with the code under it. */
export interface SpecCase {
  readonly name: string;
  /** The input to assume where the code gives none, such as `1x3x32x32`, from ```` ```python input 1x3x32x32 ````. */
  readonly assumedInput?: string;
  /** Whether the blocks are cells of a notebook. */
  readonly isNotebook: boolean;
  /** One text a file or cell, padded with empty lines so that its line numbers are those of the document. */
  readonly texts: readonly string[];
  /** What the code can import beside itself, from ```` ```python file models/config.py ````. */
  readonly files: readonly SpecFile[];
}

/** A file of the workspace of a case. */
export interface SpecFile {
  /** Such as `models/config.py`. */
  readonly path: string;
  /** Padded as the texts of the case are. */
  readonly text: string;
}

/** A Markdown file of cases. */
export interface SpecDocument {
  readonly title: string;
  /** Relative to the repository. */
  readonly path: string;
  readonly cases: readonly SpecCase[];
}

/** Reads every Markdown file but the README of `folder`, which is relative to the repository. */
export function readSpecs(folder: string): SpecDocument[] {
  return fs
    .readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort()
    .map((name) => parseSpec(`${folder}/${name}`, fs.readFileSync(path.join(ROOT, folder, name), 'utf8')));
}

/**
 * Parses one document: `# title`, then `## case` headings with ```` ```python ````, ```` ```python cell ````
 * or ```` ```python file … ```` blocks.
 */
export function parseSpec(file: string, text: string): SpecDocument {
  const lines = text.split('\n');
  const title = lines.find((line) => line.startsWith('# '))?.slice(2) ?? file;
  const cases = headings(lines)
    .map(({ name, from, to }) => toCase(name, blocksOf(lines, from, to)))
    .filter(({ texts }) => texts.length > 0);
  return { title, path: file, cases };
}

interface Block {
  readonly first: number;
  readonly lines: readonly string[];
  readonly isCell: boolean;
  readonly file?: string;
  readonly assumedInput?: string;
}

function headings(lines: readonly string[]): { name: string; from: number; to: number }[] {
  const starts = outsideFences(lines).filter((line) => lines[line]?.startsWith('## '));
  return starts.map((from, index) => ({
    name: (lines[from] ?? '').slice(3),
    from,
    to: starts[index + 1] ?? lines.length,
  }));
}

function outsideFences(lines: readonly string[]): number[] {
  const outside: number[] = [];
  let isInside = false;
  for (const [number, line] of lines.entries()) {
    if (line.startsWith('```')) isInside = !isInside;
    else if (!isInside) outside.push(number);
  }
  return outside;
}

function blocksOf(lines: readonly string[], from: number, to: number): Block[] {
  const blocks: Block[] = [];
  for (let line = from; line < to; line++) {
    const fence = /^```python( cell)?(?: file (\S+))?(?: input ([\dx]+))?$/.exec(lines[line] ?? '');
    if (fence === null) continue;
    const end = lines.indexOf('```', line + 1);
    blocks.push({
      first: line + 1,
      lines: lines.slice(line + 1, end),
      isCell: fence[1] !== undefined,
      file: fence[2],
      assumedInput: fence[3],
    });
    line = end;
  }
  return blocks;
}

function toCase(name: string, all: readonly Block[]): SpecCase {
  const blocks = all.filter(({ file }) => file === undefined);
  const isNotebook = blocks.some(({ isCell }) => isCell);
  const groups = isNotebook ? blocks.map((block) => [block]) : blocks.length > 0 ? [blocks] : [];
  const assumedInput = blocks.find((block) => block.assumedInput !== undefined)?.assumedInput;
  return { name, isNotebook, assumedInput, texts: groups.map(padded), files: filesOf(all) };
}

function filesOf(blocks: readonly Block[]): SpecFile[] {
  const paths = new Set(blocks.flatMap(({ file }) => (file === undefined ? [] : [file])));
  return [...paths].map((path) => ({ path, text: padded(blocks.filter(({ file }) => file === path)) }));
}

function padded(blocks: readonly Block[]): string {
  const lines: string[] = [];
  for (const block of blocks) {
    while (lines.length < block.first) lines.push('');
    lines.push(...block.lines);
  }
  return lines.join('\n') + '\n';
}
