/** Every setting does what it says, at once. */
import * as vscode from 'vscode';
import {
  cardAt,
  closeEditors,
  eventually,
  expectParts,
  find,
  hoversAt,
  openText,
  sample,
  startExtension,
} from './workspace';

/** Sets a setting for the duration of `action`. */
async function withSetting(name: string, value: unknown, action: () => Promise<void>): Promise<void> {
  const section = vscode.workspace.getConfiguration('convlens');
  await section.update(name, value, vscode.ConfigurationTarget.Global);
  try {
    await action();
  } finally {
    await section.update(name, undefined, vscode.ConfigurationTarget.Global);
  }
}

const CALL = 'from torch import nn\nc = nn.Conv2d(3, 9, 3, groups=3)\n';

function errorsOf(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'ConvLens');
}

describe('settings', () => {
  before(startExtension);
  afterEach(closeEditors);

  it('hover.enabled turns cards off', async () => {
    const { document } = await openText(CALL);
    await withSetting('hover.enabled', false, async () => {
      const hovers = await hoversAt(document, find(document, 'Conv2d'));
      if (hovers.length > 0) throw new Error(hovers.join('\n'));
    });
    await cardAt(document, find(document, 'Conv2d'));
  });

  it('hover.detail makes cards compact', async () => {
    const { document } = await openText(CALL);
    const full = await cardAt(document, find(document, 'Conv2d'));
    await withSetting('hover.detail', 'compact', async () => {
      const compact = await cardAt(document, find(document, 'Conv2d'));
      expectParts(compact, '[9, 1, 3, 3]', '= 90');
      if (compact.length * 3 > full.length) throw new Error(`not compact: ${compact}`);
    });
  });

  it('input.assumed gives sizes, marked as assumed', async () => {
    const { document } = await openText(CALL);
    await withSetting('input.assumed', '1x3x32x48', async () => {
      expectParts(
        await cardAt(document, find(document, 'Conv2d')),
        'assumed input [1, 3, 32, 48]',
        '[1, 9, 30, 46]',
      );
    });
  });

  it('cost.flopsConvention adds bias additions to FLOPs', async () => {
    const { document } = await openText(`${CALL}import torch\nc(torch.zeros(1, 3, 10, 10))\n`);
    expectParts(await cardAt(document, find(document, 'Conv2d')), '**FLOPs** `10,368`');
    await withSetting('cost.flopsConvention', '2*macs+bias', async () => {
      expectParts(
        await cardAt(document, find(document, 'Conv2d')),
        '**FLOPs** `10,944` (2 × MACs + bias additions)',
      );
    });
  });

  it('diagnostics.enabled shows and hides what the framework would refuse', async () => {
    const document = await vscode.workspace.openTextDocument(sample('errors.py'));
    await vscode.window.showTextDocument(document);
    const shown = await eventually('errors are shown', () => {
      const errors = errorsOf(document);
      return errors.length > 0 && errors;
    });
    expectParts(
      shown.map(({ message }) => message).join('\n'),
      'ValueError: in_channels must be divisible by groups',
    );
    await withSetting('diagnostics.enabled', false, async () => {
      await eventually('errors are hidden', () => errorsOf(document).length === 0);
    });
    await eventually('errors are shown again', () => errorsOf(document).length > 0);
  });
});
