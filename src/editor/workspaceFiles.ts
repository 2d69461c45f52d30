/** The workspace's files as the editor has them: read, watched, and the folders that imports start from. */
import * as vscode from 'vscode';
import type { FileEvent } from './fileEvents';
import { guard } from './guard';
import { readSettings } from './settings';
import type { FileSystem, Listing } from './sourceFiles';

/** Reads through the editor: open documents first, then whatever file system an address belongs to. */
export const workspaceFiles: FileSystem = {
  openText: (uri) => {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
    return open && { text: open.getText(), isSaved: !open.isDirty && !open.isUntitled };
  },
  isInside: (folder) => isWatched(folder),
  list: async (folder) => listingOf(await fileSystemOf(folder).readDirectory(vscode.Uri.parse(folder))),
  size: async (uri) => (await fileSystemOf(uri).stat(vscode.Uri.parse(uri))).size,
  read: async (uri) => fileSystemOf(uri).readFile(vscode.Uri.parse(uri)),
};

function fileSystemOf(uri: string): vscode.FileSystem {
  const { fs } = vscode.workspace;
  const [scheme = ''] = uri.split(':', 1);
  if (fs.isWritableFileSystem(scheme) === undefined) throw new Error(`${scheme} addresses hold no files`);
  return fs;
}

function listingOf(entries: readonly (readonly [string, vscode.FileType])[]): Listing {
  const named = (wanted: vscode.FileType): Set<string> =>
    new Set(entries.filter(([, type]) => (type & wanted) !== 0).map(([name]) => name));
  return { files: named(vscode.FileType.File), folders: named(vscode.FileType.Directory) };
}

/**
 * The folders that absolute imports start from, for code of a document or notebook: a notebook's own folder, the
 * settings' source roots, the workspace folder and its `src`, then the same of other workspace folders.
 */
export function rootsOf(uri: vscode.Uri, isNotebook: boolean): readonly string[] {
  const { workspaceFolders = [] } = vscode.workspace;
  const own = vscode.workspace.getWorkspaceFolder(uri);
  const folders = own === undefined ? workspaceFolders : [own, ...workspaceFolders];
  const beside = isNotebook && uri.scheme !== 'untitled' ? [vscode.Uri.joinPath(uri, '..')] : [];
  const all = [...beside, ...folders.flatMap(rootsIn)].map((root) => root.toString().replace(/\/+$/, ''));
  return [...new Set(all)];
}

function rootsIn({ uri }: vscode.WorkspaceFolder): readonly vscode.Uri[] {
  const { sourceRoots } = readSettings(uri);
  return [...sourceRoots, '.', 'src'].map((path) => vscode.Uri.joinPath(uri, path));
}

/** Whether changes of the file by other programs are told by the editor. */
export function isWatched(uri: string): boolean {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri)) !== undefined;
}

/**
 * Tells of files and folders that come, change and go, on disk and in open documents. `onReturn` is told when the
 * window has the focus again: what lies outside of the workspace may have changed meanwhile.
 */
export function watchFiles(
  log: vscode.LogOutputChannel,
  onEvent: (event: FileEvent, text?: () => string) => void,
  onReturn: () => void,
): vscode.Disposable {
  const { workspace } = vscode;
  const tell = (uri: vscode.Uri, isFolder = false): void => onEvent({ uri: uri.toString(), isFolder });
  const onPresence = guard(log, 'file that came or went', (uri: vscode.Uri) => tell(uri));
  const onContent = guard(log, 'changed file', (uri: vscode.Uri) => {
    // An open document tells itself, and holds what counts.
    if (workspaceFiles.openText(uri.toString()) === undefined) tell(uri);
  });
  const onEntry = guard(log, 'changed folder', (uri: vscode.Uri) => {
    if (!/\.[^/]*$/.test(uri.path)) tell(uri, true);
  });
  const files = workspace.createFileSystemWatcher('**/*.py');
  // Of a folder that goes or comes as a whole, its files are not told.
  const entries = workspace.createFileSystemWatcher('**/*', false, true, false);
  return vscode.Disposable.from(
    files,
    entries,
    files.onDidCreate(onPresence),
    files.onDidChange(onContent),
    files.onDidDelete(onPresence),
    entries.onDidCreate(onEntry),
    entries.onDidDelete(onEntry),
    workspace.onDidChangeTextDocument(
      guard(log, 'changed document', ({ document, contentChanges }) => {
        if (contentChanges.length > 0) onEvent({ uri: document.uri.toString() }, () => document.getText());
      }),
    ),
    workspace.onDidCloseTextDocument(guard(log, 'closed document', ({ uri }) => tell(uri))),
    workspace.onDidSaveTextDocument(guard(log, 'saved document', ({ uri }) => tell(uri))),
    workspace.onDidCreateFiles(
      guard(log, 'created files', (event) => event.files.forEach((uri) => tell(uri, true))),
    ),
    workspace.onDidRenameFiles(
      guard(log, 'renamed files', (event) =>
        event.files.forEach(({ oldUri, newUri }) => [oldUri, newUri].forEach((uri) => tell(uri, true))),
      ),
    ),
    workspace.onDidDeleteFiles(
      guard(log, 'deleted files', (event) => event.files.forEach((uri) => tell(uri, true))),
    ),
    vscode.window.onDidChangeWindowState(
      guard(log, 'window', ({ focused }) => {
        if (focused) onReturn();
      }),
    ),
  );
}
