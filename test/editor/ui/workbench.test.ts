/** What a person meets first: the commands in the palette, the view in the side bar, and a quiet log. */
import assert from 'node:assert/strict';
import { openUi, type Ui } from '../../support/ui';

describe('the workbench with ConvLens', () => {
  let ui: Ui;

  before(async () => {
    ui = await openUi();
    await ui.api((vscode) => vscode.extensions.getExtension('convlens.convlens')?.activate());
  });
  after(() => ui.close());

  it('lists the commands in the palette', async () => {
    await ui.page.keyboard.press('F1');
    await ui.page.locator('.quick-input-widget input').first().fill('>ConvLens: ');
    const rows = ui.page.locator('.quick-input-widget .monaco-list-row');
    await rows.filter({ hasText: 'ConvLens: Open Visualiser' }).first().waitFor();
    const titles = (await rows.allInnerTexts()).join('\n');
    for (const title of [
      'Show Layer at Cursor',
      'Verify Channel Mapping',
      'List Layers in File',
      'Copy Layer Spec',
    ]) {
      assert.ok(titles.includes(`ConvLens: ${title}`), `${title} is not in the palette:\n${titles}`);
    }
    await ui.page.keyboard.press('Escape');
  });

  it('has its icon in the activity bar', async () => {
    await ui.page.locator('.activitybar .action-label[aria-label^="ConvLens"]').first().waitFor();
  });

  it('logs no error', () => {
    const ours = ui.log.filter((line) => line.startsWith('error') && /convlens/i.test(line));
    assert.deepEqual(ours, []);
  });
});
