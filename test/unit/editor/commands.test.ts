/** Commands say plainly when there is nothing to act on, and act on the call at the cursor or of a card's link. */
import assert from 'node:assert/strict';
import type { CallSite, Report } from '../../../src/analysis/report';
import { type CommandContext, registerCommands } from '../../../src/editor/commands';
import { reset, window, workspace, world } from '../../support/vscode';
import { place, site, URI } from '../present/make';

const call = site({ id: '2:0', place: place(2, 0, 2, 30) });
const report: Report = { uri: URI, sites: [call], blocks: [], elsewhere: [], models: [], findings: [] };

/** An editor with the cursor at `line`; `found` is what analysis says of its document. */
function open(languageId: string, line: number): void {
  const document = { languageId, uri: { toString: () => URI } };
  window.activeTextEditor = { document, selection: { active: { line, character: 3 } } };
  workspace.textDocuments = [document];
}

describe('Commands', () => {
  const shown: CallSite[] = [];
  let found: Report;
  const context = {
    contexts: { siteIn: (each: CallSite) => ({ site: each, chosen: [] }) },
    documents: { reportOf: () => Promise.resolve(found), allReportsOf: () => Promise.resolve([found]) },
    visualiser: {
      shown: undefined,
      show: (each: CallSite) => void shown.push(each),
      open: () => Promise.resolve(),
      verify: () => Promise.reject(new Error('the visualiser did not open')),
      setPinned: () => undefined,
    },
    log: { error: () => undefined, show: () => undefined },
  } as unknown as CommandContext;
  const run = (id: string, ...args: unknown[]) => world.commands.get(`convlens.${id}`)?.(...args);

  beforeEach(() => {
    reset();
    shown.length = 0;
    found = report;
    registerCommands(context);
  });

  const nothing: readonly (readonly [string, () => void, string])[] = [
    [
      'no editor',
      () => undefined,
      'Open a Python file or a notebook and put the cursor in a convolution call.',
    ],
    ['another language', () => open('markdown', 2), 'ConvLens reads Python; this editor holds markdown.'],
    [
      'a cursor elsewhere',
      () => open('python', 0),
      'The cursor is not in a convolution call; there is 1 in this file: see ConvLens: List Layers in File.',
    ],
  ];
  for (const [name, arrange, message] of nothing) {
    it(`explain ${name}`, async () => {
      found = name === 'another language' ? { ...report, sites: [] } : report;
      arrange();
      for (const id of ['showLayerAtCursor', 'verifyMapping', 'copySpec']) await run(id);
      assert.deepEqual(world.messages, Array(3).fill(`information: ConvLens: ${message}`));
      assert.deepEqual(shown, []);
      assert.equal(world.clipboard, '');
    });
  }

  it('explain a file without convolutions', async () => {
    found = { ...report, sites: [] };
    open('python', 0);
    for (const id of ['showLayerAtCursor', 'listLayers']) await run(id);
    assert.deepEqual(
      world.messages,
      Array(2).fill('information: ConvLens: No convolution calls were found here.'),
    );
  });

  it('explain that there is nothing to pin', async () => {
    await run('pinLayer');
    assert.deepEqual(world.messages, ['information: ConvLens: There is no layer in the visualiser to pin.']);
  });

  it('act on the call at the cursor', async () => {
    open('python', 2);
    await run('showLayerAtCursor');
    assert.deepEqual(shown, [call]);
  });

  it("act on the call of a card's link wherever the cursor is", async () => {
    open('python', 0);
    await run('openVisualiser', { uri: URI, id: '2:0' });
    assert.deepEqual(shown, [call]);
  });

  it('copy in the format that is given, and say so', async () => {
    open('python', 2);
    await run('copySpec', 'pytorch');
    assert.equal(world.clipboard, 'nn.Conv2d(3, 9, 3, padding=1)\n');
    assert.deepEqual(world.messages, ['status: ConvLens: copied nn.Conv2d as PyTorch']);
  });

  it('tell a failure once and do not throw', async () => {
    open('python', 2);
    await run('verifyMapping');
    assert.deepEqual(world.messages, ['error: ConvLens: the visualiser did not open']);
  });
});
