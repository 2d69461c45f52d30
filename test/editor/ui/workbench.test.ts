/** What a person meets first: the commands in the palette, the view in the side bar, and a quiet log. */
import assert from 'node:assert/strict';
import { useUi } from '../../support/useUi';

describe('the workbench with ConvLens', () => {
  const open = useUi();

  it('lists the commands in the palette', async () => {
    const { page } = open();
    await page.keyboard.press('F1');
    await page.locator('.quick-input-box input').fill('>ConvLens: ');
    const rows = page.locator('.quick-input-widget .monaco-list-row');
    await rows.filter({ hasText: 'ConvLens: Open Visualiser' }).first().waitFor();
    const titles = (await rows.allInnerTexts()).join('\n');
    for (const title of [
      'Show Layer at Cursor',
      'Verify Channel Mapping',
      'List Layers in File',
      'Copy Layer Spec',
      'Analyse Workspace',
    ]) {
      assert.ok(titles.includes(`ConvLens: ${title}`), `${title} is not in the palette:\n${titles}`);
    }
    await page.keyboard.press('Escape');
  });

  it('has its icon in the activity bar', async () => {
    const { page } = open();
    await page.locator('.activitybar .action-label[aria-label^="ConvLens"]').first().waitFor();
  });

  it('logs no error', () => {
    const ours = open().log.filter((line) => line.startsWith('error') && /convlens/i.test(line));
    assert.deepEqual(ours, []);
  });
});
