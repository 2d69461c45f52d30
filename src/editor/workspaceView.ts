/** What a scan of the workspace found, as a tree in the side bar: findings, models, and files with their reasons. */
import * as vscode from 'vscode';
import { CARD_COMMANDS } from '../present/links';
import {
  countsText,
  type FileSummary,
  type FindingLine,
  type ModelLine,
  totalsLine,
  type WorkspaceTotals,
} from '../present/workspace';

const VIEW = 'convlens.workspace';
const SCANNED = 'convlens.scanned';

/** How many entries one heading lists; what goes beyond is counted. */
const LISTED = 2000;

type Place = FindingLine['place'];

/** An entry of the tree. Texts are plain: tree items show no markup. */
interface Node {
  readonly label: string;
  readonly description?: string;
  readonly icon: string;
  /** Where picking it leads. */
  readonly place?: Place;
  readonly isOpen?: boolean;
  children?(): readonly Node[];
}

/** Owns the tree. */
export class WorkspaceView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly view: vscode.TreeView<Node>;
  private roots: readonly Node[] = [];

  readonly onDidChangeTreeData = this.changed.event;

  constructor() {
    this.view = vscode.window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
  }

  /** Shows the results of a scan; `note` says what is missing from them. */
  async show(files: readonly FileSummary[], totals: WorkspaceTotals, note?: string): Promise<void> {
    this.roots = rootsOf(files);
    this.view.message = `${totalsLine(totals)}${note === undefined ? '' : ` (${note})`}`;
    this.changed.fire(undefined);
    await vscode.commands.executeCommand('setContext', SCANNED, true);
    await vscode.commands.executeCommand(`${VIEW}.focus`);
  }

  getChildren(node?: Node): readonly Node[] & Node[] {
    return [...(node === undefined ? this.roots : (node.children?.() ?? []))];
  }

  getTreeItem({ label, description, icon, place, isOpen, children }: Node): vscode.TreeItem {
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(
      label,
      children === undefined ? None : isOpen === true ? Expanded : Collapsed,
    );
    item.description = description;
    item.tooltip = description === undefined ? label : `${label}\n${description}`;
    item.iconPath = new vscode.ThemeIcon(icon);
    if (place !== undefined)
      item.command = { command: CARD_COMMANDS.reveal, title: 'Open', arguments: [place] };
    return item;
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }
}

function rootsOf(files: readonly FileSummary[]): Node[] {
  const findings = files.flatMap((file) => file.findings);
  const models = files.flatMap((file) => file.models);
  return [
    heading('Findings', 'warning', findings, findingNode),
    heading('Models', 'symbol-class', models, (model) => modelNode(model)),
    heading('Files with convolutions', 'files', files, fileNode),
  ];
}

function heading<T>(label: string, icon: string, entries: readonly T[], node: (entry: T) => Node): Node {
  const more = entries.length - LISTED;
  const rest = more > 0 ? [{ label: `and ${more} more`, icon: 'ellipsis' }] : [];
  return {
    label,
    description: String(entries.length),
    icon,
    isOpen: entries.length > 0 && entries.length <= 20,
    ...(entries.length === 0 ? {} : { children: () => [...entries.slice(0, LISTED).map(node), ...rest] }),
  };
}

const ICONS: { readonly [S in FindingLine['severity']]: string } = {
  error: 'error',
  warning: 'warning',
  information: 'info',
};

function findingNode({ severity, message, place }: FindingLine): Node {
  return { label: message, description: whereText(place), icon: ICONS[severity], place };
}

function modelNode({ id, layers, params, isComplete, place }: ModelLine): Node {
  const number = params === '?' ? 'unknown parameters' : `${params} parameters`;
  const part = isComplete ? '' : ' · not complete';
  return {
    label: id,
    description: `${layers} convolutions · ${number}${part} · ${whereText(place)}`,
    icon: 'symbol-class',
    place,
  };
}

function fileNode(file: FileSummary): Node {
  const { uri, reasons, models, findings, omitted, place } = file;
  const children = (): Node[] => [
    ...findings.map(findingNode),
    ...models.map((model) => modelNode(model)),
    ...reasons.map(({ because, count }) => ({
      label: `unknown: ${because}`,
      description: count === 1 ? '1 call' : `${count} calls`,
      icon: 'question',
    })),
    ...(omitted > 0 ? [{ label: `and ${omitted} more`, icon: 'ellipsis' }] : []),
  ];
  const isPlain = findings.length + models.length + reasons.length + omitted === 0;
  return {
    label: relativePath(uri),
    description: countsText(file),
    icon: uri.endsWith('.ipynb') ? 'notebook' : 'file-code',
    place: place ?? models[0]?.place ?? findings[0]?.place,
    ...(isPlain ? {} : { children }),
  };
}

function whereText({ uri, span }: Place): string {
  return `${relativePath(uri)}:${span.start.line + 1}`;
}

/** The path in the workspace; that of a notebook's cell names the cell. */
function relativePath(uri: string): string {
  const [address = '', cell] = uri.split('#');
  const path = vscode.workspace.asRelativePath(vscode.Uri.parse(address));
  return cell === undefined ? path : `${path} ${cell.replace('cell', 'cell ')}`;
}
