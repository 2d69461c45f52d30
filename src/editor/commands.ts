/** The commands of the palette and of the cards' links; each says plainly when there is nothing to act on. */
import * as vscode from 'vscode';
import type { CallSite } from '../analysis/report';
import { siteById, siteNear } from '../present/at';
import { COPY_FORMATS, copyText } from '../present/copy';
import { type LayerEntry, layerEntries, totalsText } from '../present/lists';
import type { CopyFormat } from '../protocol/visualiser';
import { isCopyFormat, isPlace, isSiteReference } from './checks';
import { isPython } from './documents';
import { guard } from './guard';
import {
  chooseContext,
  type ModelCommandContext,
  setModelInput,
  showBuiltLayers,
  showModelSummary,
} from './modelCommands';
import { revealPlace } from './reveal';
import type { Visualiser } from './visualiser';
import { analyseWorkspace, type ScanContext } from './workspaceScan';

/** What the commands act on. */
export interface CommandContext extends ModelCommandContext {
  readonly visualiser: Visualiser;
  readonly scan: ScanContext;
  readonly log: vscode.LogOutputChannel;
}

type Command = (context: CommandContext, argument?: unknown, second?: unknown) => unknown;

const COMMANDS: Readonly<Record<string, Command>> = {
  'convlens.openVisualiser': openVisualiser,
  'convlens.openVisualiserInEditor': openInEditor,
  'convlens.showLayerAtCursor': showLayerAtCursor,
  'convlens.verifyMapping': verifyMapping,
  'convlens.listLayers': listLayers,
  'convlens.copySpec': copySpec,
  'convlens.pinLayer': ({ visualiser }) => setPinned(visualiser, true),
  'convlens.unpinLayer': ({ visualiser }) => setPinned(visualiser, false),
  'convlens.chooseContext': chooseContext,
  'convlens.showBuiltLayers': showBuiltLayers,
  'convlens.showModelSummary': showModelSummary,
  'convlens.setModelInputSize': setModelInput,
  'convlens.analyseWorkspace': ({ scan }) => analyseWorkspace(scan),
  'convlens.showLog': ({ log }) => log.show(),
  'convlens.reveal': (_, place) => (isPlace(place) ? revealPlace(place) : undefined),
};

/** Registers all commands; what one throws is logged and told. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  const register = ([id, run]: [string, Command]) => {
    const attempt = async (...args: unknown[]): Promise<unknown> => {
      try {
        return await run(context, ...args);
      } catch (error) {
        void vscode.window.showErrorMessage(
          `ConvLens: ${error instanceof Error ? error.message : String(error)}`,
        );
        throw error;
      }
    };
    return vscode.commands.registerCommand(id, guard(context.log, id, attempt));
  };
  return vscode.Disposable.from(...Object.entries(COMMANDS).map(register));
}

/** Puts a layer's description on the clipboard. */
export async function copyLayer(site: CallSite, format: CopyFormat): Promise<void> {
  await vscode.env.clipboard.writeText(copyText(site, format));
  vscode.window.setStatusBarMessage(`ConvLens: copied ${site.callee} as ${COPY_FORMATS[format].label}`, 4000);
}

/** Opens the side panel; the call of a card's link is shown whatever is pinned, the one at the cursor is not. */
async function openVisualiser(context: CommandContext, argument: unknown): Promise<void> {
  const { visualiser } = context;
  const target = await findTarget(context, argument);
  if ('site' in target) {
    if (isSiteReference(argument)) visualiser.show(target.site);
    else visualiser.follow(target.site);
  }
  await visualiser.open({ takeFocus: true });
}

async function openInEditor(context: CommandContext, argument: unknown): Promise<void> {
  const target = await findTarget(context, argument);
  if ('site' in target) context.visualiser.follow(target.site);
  context.visualiser.openInEditor();
}

async function showLayerAtCursor(context: CommandContext, argument: unknown): Promise<void> {
  const site = await requireTarget(context, argument);
  if (site === undefined) return;
  context.visualiser.show(site);
  await context.visualiser.open({ takeFocus: false });
}

async function verifyMapping(context: CommandContext, argument: unknown): Promise<void> {
  const { visualiser } = context;
  const target = await findTarget(context, argument);
  const site = 'site' in target ? target.site : visualiser.shown;
  if (site === undefined) {
    tellNothing(target);
    return;
  }
  visualiser.show(site);
  await visualiser.verify();
}

async function listLayers(context: CommandContext): Promise<void> {
  const { window } = vscode;
  const document = window.activeTextEditor?.document;
  const reports = document === undefined ? [] : await context.documents.allReportsOf(document);
  const entries = layerEntries(reports);
  if (entries.length === 0) {
    tellNothing({ nothing: nothingIn(document, 0) });
    return;
  }
  const picks = entries.map((entry) => ({ ...entry, description: entry.description }));
  const picked = await window.showQuickPick<LayerEntry & vscode.QuickPickItem>(picks, {
    title: totalsText(reports),
    placeHolder: 'Pick a layer to jump to its call',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked !== undefined) await revealPlace(picked.site.place);
}

async function copySpec(context: CommandContext, ...args: readonly unknown[]): Promise<void> {
  const site = await requireTarget(context, args.find(isSiteReference));
  if (site === undefined) return;
  const format = args.find(isCopyFormat) ?? (await pickFormat());
  if (format !== undefined) await copyLayer(context.contexts.siteIn(site).site, format);
}

async function pickFormat(): Promise<CopyFormat | undefined> {
  const formats = Object.keys(COPY_FORMATS).filter(isCopyFormat);
  const items = formats.map((format) => ({
    label: COPY_FORMATS[format].label,
    detail: COPY_FORMATS[format].detail,
    format,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Copy Layer Spec',
    placeHolder: 'Copy as',
  });
  return picked?.format;
}

function setPinned(visualiser: Visualiser, isPinned: boolean): void {
  if (isPinned && visualiser.shown === undefined)
    tellNothing({ nothing: 'There is no layer in the visualiser to pin.' });
  else visualiser.setPinned(isPinned);
}

/** A call to act on, or why there is none. */
type Target = { readonly site: CallSite } | { readonly nothing: string };

async function requireTarget(context: CommandContext, argument: unknown): Promise<CallSite | undefined> {
  const target = await findTarget(context, argument);
  if ('site' in target) return target.site;
  tellNothing(target);
  return undefined;
}

/** The call that a card's link names, otherwise the one at the cursor. */
async function findTarget(context: CommandContext, argument: unknown): Promise<Target> {
  const named = isSiteReference(argument) ? await namedSite(context, argument.uri, argument.id) : undefined;
  if (named !== undefined) return { site: named };
  const editor = vscode.window.activeTextEditor;
  const report = editor && (await context.documents.reportOf(editor.document));
  const site = report && siteNear(report, editor.selection.active);
  return site === undefined ? { nothing: nothingIn(editor?.document, report?.sites.length ?? 0) } : { site };
}

async function namedSite(
  { documents }: CommandContext,
  uri: string,
  id: string,
): Promise<CallSite | undefined> {
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
  const report = document && (await documents.reportOf(document));
  return report && siteById(report, id);
}

function nothingIn(document: vscode.TextDocument | undefined, calls: number): string {
  if (document === undefined)
    return 'Open a Python file or a notebook and put the cursor in a convolution call.';
  if (!isPython(document)) return `ConvLens reads Python; this editor holds ${document.languageId}.`;
  if (calls === 0) return 'No convolution calls were found here.';
  const has = calls === 1 ? 'is 1' : `are ${calls}`;
  return `The cursor is not in a convolution call; there ${has} in this file: see ConvLens: List Layers in File.`;
}

function tellNothing(target: Target): void {
  if ('nothing' in target) void vscode.window.showInformationMessage(`ConvLens: ${target.nothing}`);
}
