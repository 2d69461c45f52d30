/** The Python files and notebooks of the workspace as sources to analyse, read one at a time. */
import * as vscode from 'vscode';
import { readCells } from '../analysis/notebook';
import type { Source } from '../analysis/analyser';

/** What a file holds: one source, or one a code cell; `skipped` says why it was not read. */
export type FileSources =
  | { readonly kind: 'sources'; readonly sources: readonly Source[]; readonly isNotebook: boolean }
  | { readonly kind: 'skipped'; readonly why: string };

const INCLUDED = '**/*.{py,ipynb}';
/** Installed packages and what tools write, beside what `files.exclude` says. */
const EXCLUDED =
  '**/{node_modules,venv,.venv,env,.env,site-packages,__pycache__,.git,.tox,.nox,.eggs,.ipynb_checkpoints}/**';
/** Files with more bytes are not source that a person wrote. */
const LARGEST = 4 * 1024 * 1024;

/** All Python files and notebooks of the workspace, sorted by address. */
export async function findSources(token: vscode.CancellationToken): Promise<vscode.Uri[]> {
  const uris = await vscode.workspace.findFiles(INCLUDED, EXCLUDED, undefined, token);
  return uris.sort((a, b) => (a.toString() < b.toString() ? -1 : 1));
}

/** The text of a file as it stands in the editor when it is open, otherwise as it is stored. */
export async function readSources(uri: vscode.Uri): Promise<FileSources> {
  return uri.path.endsWith('.ipynb') ? readNotebook(uri) : readModule(uri);
}

/** The address of a notebook's cell in results, where `number` counts all its cells from 1. */
export function cellAddress(notebook: vscode.Uri, number: number): string {
  return `${notebook.toString()}#cell${number}`;
}

/** The notebook and the index of the cell of such an address; `undefined` for other addresses. */
export function cellOf(
  address: string,
): { readonly notebook: vscode.Uri; readonly index: number } | undefined {
  const [, notebook, number] = /^(.+\.ipynb)#cell(\d+)$/.exec(address) ?? [];
  if (notebook === undefined) return undefined;
  return { notebook: vscode.Uri.parse(notebook), index: Number(number) - 1 };
}

async function readModule(uri: vscode.Uri): Promise<FileSources> {
  const address = uri.toString();
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === address);
  if (open !== undefined) return module(address, open.getText());
  const text = await readText(uri);
  return text.kind === 'skipped' ? text : module(address, text.text);
}

function module(uri: string, text: string): FileSources {
  return { kind: 'sources', sources: [{ uri, text }], isNotebook: false };
}

async function readNotebook(uri: vscode.Uri): Promise<FileSources> {
  const address = uri.toString();
  const open = vscode.workspace.notebookDocuments.find((notebook) => notebook.uri.toString() === address);
  if (open !== undefined) return cells(uri, openCells(open));
  const text = await readText(uri);
  if (text.kind === 'skipped') return text;
  const stored = readCells(text.text);
  return stored === undefined ? skipped('it is not a notebook') : cells(uri, stored);
}

function openCells(notebook: vscode.NotebookDocument): ReturnType<typeof readCells> {
  const isCode = ({ document }: vscode.NotebookCell) => document.languageId === 'python';
  return notebook
    .getCells()
    .filter(isCode)
    .map(({ index, document }) => ({ number: index + 1, text: document.getText() }));
}

function cells(uri: vscode.Uri, all: ReturnType<typeof readCells> = []): FileSources {
  const sources = all.map(({ number, text }) => ({ uri: cellAddress(uri, number), text }));
  return { kind: 'sources', sources, isNotebook: true };
}

type FileText = { readonly kind: 'text'; readonly text: string } | Extract<FileSources, { kind: 'skipped' }>;

async function readText(uri: vscode.Uri): Promise<FileText> {
  const { fs } = vscode.workspace;
  const { size } = await fs.stat(uri);
  if (size > LARGEST) return skipped(`it has ${size} bytes`);
  const bytes = await fs.readFile(uri);
  if (bytes.includes(0)) return skipped('it is binary');
  return { kind: 'text', text: new TextDecoder('utf-8').decode(bytes) };
}

function skipped(why: string): Extract<FileSources, { kind: 'skipped' }> {
  return { kind: 'skipped', why };
}
