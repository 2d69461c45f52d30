/** The commands about models: what they ask, what they remember, and their plain words where there is nothing. */
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Report } from '../../../src/analysis/report';
import { isChoice, isModelInputs } from '../../../src/editor/checks';
import { Contexts } from '../../../src/editor/context';
import type { Documents } from '../../../src/editor/documents';
import {
  chooseContext,
  type ModelCommandContext,
  setModelInput,
  showBuiltLayers,
  showModelSummary,
} from '../../../src/editor/modelCommands';
import { Remembered } from '../../../src/editor/remembered';
import { exact } from '../../../src/symbolic/quantity';
import { reset, window, workspace, world } from '../../support/vscode';
import { block, built, held, layer, model, reportOf, site, URI } from '../present/make';

const layers = [held('layer1.0.conv1', { in: 64, out: 64 }), held('layer2.0.conv1', { in: 64, out: 128 })];
const narrow = model({ id: 'narrow()', layers });
const wide = model({
  id: 'wide()',
  layers: [held('stem')],
  input: { shape: [exact(1), exact(3), exact(8), exact(8)], from: 'assumed' },
});
const call = site({
  layer: layer({ in: 'planes' }),
  built: [
    built('narrow()', ['layer1.0.conv1'], { in: 64, out: 64 }),
    built('wide()', ['stem']),
    { ...built(undefined, []), count: 2 },
  ],
});
const report = reportOf({ sites: [call], blocks: [block({ built: [] })], models: [narrow, wide] });
const document = { languageId: 'python', uri: { toString: () => URI } } as unknown as vscode.TextDocument;

/** State as a window keeps it. */
function memento(): vscode.Memento & { readonly saved: Record<string, unknown> } {
  const saved: Record<string, unknown> = {};
  return {
    saved,
    keys: () => Object.keys(saved),
    get: (name: string) => saved[name],
    update: (name: string, value: unknown) => {
      saved[name] = JSON.parse(JSON.stringify(value));
      return Promise.resolve();
    },
  };
}

describe('Commands about models', () => {
  let found: Report;
  let state: ReturnType<typeof memento>;
  let context: ModelCommandContext;
  const opened: string[] = [];
  const target = { uri: URI, id: call.id };
  const chosen = () => context.contexts.currentOf(document, [found]);

  beforeEach(() => {
    reset();
    opened.length = 0;
    found = report;
    state = memento();
    const documents = { allReportsOf: () => Promise.resolve([found]) } as unknown as Documents;
    context = {
      documents,
      contexts: new Contexts(documents, new Remembered(state, 'contexts', isChoice)),
      inputs: new Remembered(state, 'inputs', isModelInputs),
      summaries: {
        open: (_: unknown, id: string) => Promise.resolve(void opened.push(id)),
      } as unknown as ModelCommandContext['summaries'],
    };
    window.activeTextEditor = { document };
    workspace.textDocuments = [document];
  });

  it('choose a model and one of its layers, and keep them with the workspace', async () => {
    world.answers = ['narrow()', 'layer2.0.conv1'];
    await chooseContext(context, undefined);
    assert.deepEqual(chosen(), { model: 'narrow()', instance: 'layer2.0.conv1' });
    assert.deepEqual(state.saved['contexts'], { [URI]: { model: 'narrow()', instance: 'layer2.0.conv1' } });
    assert.deepEqual(world.questions, [
      ['General (formulas)', 'narrow()', 'wide()'],
      ['All of narrow()', 'layer1.0.conv1', 'layer2.0.conv1'],
    ]);
  });

  it('choose the whole model', async () => {
    world.answers = ['narrow()', 'All of narrow()'];
    await chooseContext(context, undefined);
    assert.deepEqual(chosen(), { model: 'narrow()' });
  });

  it('go back to what holds in general', async () => {
    await context.contexts.choose(document, { model: 'narrow()' });
    world.answers = ['General (formulas)'];
    await chooseContext(context, undefined);
    assert.equal(chosen(), undefined);
    assert.deepEqual(state.saved['contexts'], {});
  });

  it('change nothing when the list is left', async () => {
    await context.contexts.choose(document, { model: 'narrow()' });
    await chooseContext(context, undefined);
    world.answers = ['wide()', undefined];
    await chooseContext(context, undefined);
    assert.deepEqual(chosen(), { model: 'narrow()' });
  });

  it("choose the model of a card's link at once", async () => {
    await chooseContext(context, { uri: URI, id: 'wide()' });
    assert.deepEqual(chosen(), { model: 'wide()' });
    assert.deepEqual(world.questions, []);
  });

  it('offer the layers of the call that a card is about', async () => {
    world.answers = ['narrow()'];
    await chooseContext(context, target);
    assert.deepEqual(world.questions[1], ['All of narrow()', 'layer1.0.conv1']);
  });

  it('list all layers that a call builds, by model', async () => {
    world.answers = ['stem'];
    await showBuiltLayers(context, target);
    assert.deepEqual(world.questions, [
      ['narrow()', 'layer1.0.conv1', 'wide()', 'stem', 'outside of models', '3→9 3×3 ×2'],
    ]);
    assert.deepEqual(chosen(), { model: 'wide()', instance: 'stem' });
  });

  it('forget a context whose model is gone', async () => {
    await context.contexts.choose(document, { model: 'narrow()', instance: 'layer1.0.conv1' });
    found = { ...report, models: [wide] };
    assert.equal(chosen(), undefined);
    assert.equal(await context.contexts.of(document), undefined);
  });

  it('set and forget the input size of a model', async () => {
    world.answers = ['wide()', '1x3x299x299'];
    await setModelInput(context, undefined);
    assert.deepEqual(context.inputs.get(URI), { 'wide()': [1, 3, 299, 299] });
    assert.equal(world.questions[1], '1x3x8x8');
    world.answers = ['2, 3, 16'];
    await setModelInput(context, { uri: URI, id: 'narrow()' });
    assert.deepEqual(context.inputs.get(URI), { 'wide()': [1, 3, 299, 299], 'narrow()': [2, 3, 16] });
    world.answers = [' '];
    await setModelInput(context, { uri: URI, id: 'wide()' });
    assert.deepEqual(context.inputs.get(URI), { 'narrow()': [2, 3, 16] });
  });

  it('refuse what is no size', async () => {
    for (const text of ['0x3', 'x', '3', '1x3x-8', '1x2x3x4x5x6x7']) {
      world.answers = [text];
      await setModelInput(context, { uri: URI, id: 'wide()' });
    }
    assert.equal(world.messages.length, 5);
    assert.equal(context.inputs.get(URI), undefined);
  });

  it('show the summary of the only model without asking, and of the picked one otherwise', async () => {
    world.answers = ['wide()'];
    await showModelSummary(context, undefined);
    found = { ...report, models: [narrow] };
    await showModelSummary(context, undefined);
    assert.deepEqual(opened, ['wide()', 'narrow()']);
    assert.equal(world.questions.length, 1);
  });

  it('say plainly when there is nothing to act on', async () => {
    found = reportOf();
    for (const run of [chooseContext, setModelInput, showModelSummary, showBuiltLayers])
      await run(context, undefined);
    window.activeTextEditor = undefined;
    await showModelSummary(context, undefined);
    assert.deepEqual(world.messages, [
      ...Array<string>(4).fill('information: ConvLens: No models with convolutions were found here.'),
      'information: ConvLens: Open a Python file or a notebook with a model first.',
    ]);
  });
});

describe('What is remembered', () => {
  it('leaves out values of a wrong form and unsaved documents', async () => {
    const state = memento();
    await state.update('inputs', { a: { net: [1, 3] }, b: { net: ['x'] }, c: 4, d: { net: [0] } });
    const inputs = new Remembered(state, 'inputs', isModelInputs);
    assert.deepEqual(
      [inputs.get('a'), inputs.get('b'), inputs.get('c'), inputs.get('d')],
      [{ net: [1, 3] }, undefined, undefined, undefined],
    );
    await inputs.set('untitled:1', { net: [2, 2] });
    assert.deepEqual(inputs.get('untitled:1'), { net: [2, 2] });
    assert.deepEqual(state.saved['inputs'], { a: { net: [1, 3] } });
  });

  it('is bounded', async () => {
    const state = memento();
    const contexts = new Remembered(state, 'contexts', isChoice);
    for (let index = 0; index < 520; index++) await contexts.set(`file:///${index}`, { model: 'net' });
    assert.equal(Object.keys(state.saved['contexts'] as object).length, 500);
  });
});
