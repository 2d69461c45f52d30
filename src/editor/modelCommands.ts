/** The commands about models: choose the context, list what a call builds, set an input size, show a summary. */
import * as vscode from 'vscode';
import type { BlockCall, BuiltLayer, CallSite, Model, Report } from '../analysis/report';
import type { Choice } from '../present/context';
import { parseSizes, sizesText } from '../present/input';
import { inputText } from '../present/models';
import { numbersOf } from '../symbolic/quantity';
import { isSiteReference, type SiteReference } from './checks';
import type { Contexts } from './context';
import { type Documents, isPython, keyOf, type ModelInputs } from './documents';
import { builtPicks, layerPicks, modelPicks, modelsIn, type Pick } from './modelPicks';
import type { Remembered } from './remembered';
import type { Summaries } from './summary';

/** What these commands act on. */
export interface ModelCommandContext {
  readonly documents: Documents;
  readonly contexts: Contexts;
  readonly inputs: Remembered<ModelInputs>;
  readonly summaries: Summaries;
}

/** A Python document with its reports, and the call or model that a link names. */
interface Scene {
  readonly document: vscode.TextDocument;
  readonly reports: readonly Report[];
  readonly models: readonly Model[];
  readonly named?: SiteReference;
}

/** Chooses the model, and perhaps the layer, that cards and the visualiser show; a model's card chooses that model. */
export async function chooseContext(context: ModelCommandContext, argument: unknown): Promise<void> {
  const scene = await sceneOf(context, argument);
  if (scene === undefined) return;
  const { document, models, named } = scene;
  const current = await context.contexts.of(document);
  const direct = models.find(({ id }) => id === named?.id && id !== current?.model);
  if (direct !== undefined) {
    await context.contexts.choose(document, { model: direct.id });
    return;
  }
  const call = named && callOf(scene.reports, named.id);
  const picked = await pickChoice(models, current, call?.built);
  if (picked !== undefined) await context.contexts.choose(document, picked.choice);
}

/** Lists all layers that a call builds; picking one chooses its context. */
export async function showBuiltLayers(context: ModelCommandContext, argument: unknown): Promise<void> {
  const scene = await sceneOf(context, argument);
  const call = scene?.named && callOf(scene.reports, scene.named.id);
  if (scene === undefined || call === undefined) {
    if (scene !== undefined) tell('That call is not there any more.');
    return;
  }
  const { document } = scene;
  const picked = await vscode.window.showQuickPick(
    builtPicks(call.built, await context.contexts.of(document)),
    {
      title: `Layers that ${call.callee} builds on line ${call.place.span.start.line + 1}`,
      placeHolder: 'Pick a layer to read calls as it builds them',
      matchOnDescription: true,
    },
  );
  if (picked?.value !== undefined) await context.contexts.choose(document, picked.value);
}

/** Asks for the sizes of the data of a model's run, and remembers them for the document; empty forgets them. */
export async function setModelInput(context: ModelCommandContext, argument: unknown): Promise<void> {
  const scene = await sceneOf(context, argument);
  const model = scene && (await pickModel(context, scene, 'Set the input size of'));
  if (scene === undefined || model === undefined) return;
  const key = keyOf(scene.document);
  const all = context.inputs.get(key) ?? {};
  const text = await vscode.window.showInputBox({
    title: `Input size of ${model.id}`,
    prompt: `All sizes in the order of the model's data, the batch first, such as 1x3x224x224. ${originText(model)}`,
    value: initialSizes(model, all[model.id]),
    validateInput: (value) =>
      value.trim() === '' || parseSizes(value) !== undefined
        ? undefined
        : 'Write 2 to 6 sizes separated by x, such as 1x3x224x224, or nothing.',
  });
  if (text === undefined) return;
  const { [model.id]: _, ...others } = all;
  const sizes = parseSizes(text);
  const next = sizes === undefined ? others : { ...others, [model.id]: sizes };
  await context.inputs.set(key, Object.keys(next).length === 0 ? undefined : next);
}

/** Opens a model's summary: the one a link names, the context's, the only one, or one to pick. */
export async function showModelSummary(context: ModelCommandContext, argument: unknown): Promise<void> {
  const scene = await sceneOf(context, argument);
  const model = scene && (await pickModel(context, scene, 'Show the summary of'));
  if (scene !== undefined && model !== undefined) await context.summaries.open(scene.document, model.id);
}

/** The document of a link or of the active editor with its models; says so when there is none. */
async function sceneOf(context: ModelCommandContext, argument: unknown): Promise<Scene | undefined> {
  const named = isSiteReference(argument) ? argument : undefined;
  const document =
    named === undefined ? vscode.window.activeTextEditor?.document : await openedDocument(named.uri);
  if (document === undefined || !isPython(document)) {
    tell('Open a Python file or a notebook with a model first.');
    return undefined;
  }
  const reports = await context.documents.allReportsOf(document);
  const models = modelsIn(reports);
  if (models.length > 0) return { document, reports, models, named };
  tell('No models with convolutions were found here.');
  return undefined;
}

/** The document at an address, opened without being shown where it is not open. */
async function openedDocument(uri: string): Promise<vscode.TextDocument | undefined> {
  const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
  return open ?? vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
}

function callOf(reports: readonly Report[], id: string): CallSite | BlockCall | undefined {
  const calls = reports.flatMap(({ sites, blocks }) => [...sites, ...blocks]);
  return calls.find((each) => each.id === id);
}

/** A choice that was made; none in it means what holds in general. */
interface Picked {
  readonly choice?: Choice;
}

/** First the model, then its layer, among those of one call when that is given. */
async function pickChoice(
  models: readonly Model[],
  current: Choice | undefined,
  built: readonly BuiltLayer[] | undefined,
): Promise<Picked | undefined> {
  const general: Pick<undefined> = {
    label: 'General (formulas)',
    description: 'what holds for every model',
    detail: current === undefined ? '$(check) in use' : undefined,
    value: undefined,
  };
  const first = await vscode.window.showQuickPick<Pick<Model | undefined>>(
    [general, ...modelPicks(models, current?.model)],
    {
      title: 'Choose Context',
      placeHolder: 'Read calls as this model builds them',
      matchOnDescription: true,
    },
  );
  if (first === undefined) return undefined;
  const model = first.value;
  if (model === undefined) return {};
  const own = new Set(built?.filter((each) => each.model === model.id).flatMap(({ names }) => names));
  const layers = layerPicks(model);
  const listed = own.size === 0 ? layers : layers.filter(({ value }) => isListed(value, own));
  if (listed.length < 2) return { choice: { model: model.id } };
  const second = await vscode.window.showQuickPick(listed, {
    title: `Choose Context: ${model.id}`,
    placeHolder: 'The whole model, or one layer and what stands near it',
    matchOnDescription: true,
  });
  return second === undefined ? undefined : { choice: second.value };
}

function isListed({ instance }: Choice, names: ReadonlySet<string>): boolean {
  return instance === undefined || names.has(instance);
}

async function pickModel(
  { contexts }: ModelCommandContext,
  { document, models, named }: Scene,
  title: string,
): Promise<Model | undefined> {
  const [only, ...others] = models;
  const direct = models.find(({ id }) => id === named?.id);
  if (direct !== undefined || others.length === 0) return direct ?? only;
  const current = (await contexts.of(document))?.model;
  const chosen = models.find(({ id }) => id === current);
  const ordered = chosen === undefined ? models : [chosen, ...models.filter((model) => model !== chosen)];
  const picked = await vscode.window.showQuickPick(modelPicks(ordered, current), {
    title,
    placeHolder: 'Pick a model',
    matchOnDescription: true,
  });
  return picked?.value;
}

function originText({ input }: Model): string {
  return input === undefined
    ? 'It is not known now.'
    : `Now ${inputText(input)}; empty: as the code or the settings say.`;
}

/** What was set before, otherwise the sizes that are in use. */
function initialSizes({ input }: Model, set: readonly number[] | undefined): string {
  const sizes = set ?? (input && numbersOf(input.shape));
  return sizes === undefined ? '' : sizesText(sizes);
}

function tell(message: string): void {
  void vscode.window.showInformationMessage(`ConvLens: ${message}`);
}
