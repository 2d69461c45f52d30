/** The visualiser's page in the side bar: it shows the call under the cursor, reads out its map and proves it. */
import assert from 'node:assert/strict';
import { type Frame } from 'playwright-core';
import { accessibilityProblems } from '../../support/accessibility';
import { openVisualiser, placeCursor, showTheme, THEME_NAMES } from '../../support/steps';
import { useUi } from '../../support/useUi';

const GROUPED = 'nn.Conv2d(3, 9, 3, 1, 1, groups=3)';
const ORDINARY = 'nn.Conv2d(3, 9, 3, 1, 1)';

describe('the visualiser in the side bar', () => {
  const open = useUi();
  let frame: Frame;

  const line = (text: string) => frame.locator('.map .line').filter({ hasText: text }).waitFor();
  const show = async (call: string) => {
    await placeCursor(open(), 'forum_question.py', call);
    frame = await openVisualiser(open());
  };

  it('shows the call under the cursor and its map', async () => {
    await show(GROUPED);
    await frame.locator('h1').filter({ hasText: 'nn.Conv2d' }).waitFor();
    await frame.locator('.kind').filter({ hasText: 'depthwise, multiplier 3' }).waitFor();
    const cells = await frame.locator('tbody td[role="gridcell"]').allInnerTexts();
    const digits = cells.map((text) => text.replace(/[^\d,]/g, ''));
    assert.deepEqual(digits, [
      ...['0,0', '1,0', '2,0', '', '', '', '', '', ''],
      ...['', '', '', '3,0', '4,0', '5,0', '', '', ''],
      ...['', '', '', '', '', '', '6,0', '7,0', '8,0'],
    ]);
  });

  it('reads out what the pointer is on', async () => {
    await frame.locator('td[aria-label="weight[4, 0, :, :]"]').hover();
    await line('filter 4 reads channel 1 (group 1): weight[4, 0, :, :], 3×3');
    await frame.locator('h1').hover();
    await line('9 of 27 pairs of channels connected');
  });

  it('reads out what the keys reach', async () => {
    const { keyboard } = open().page;
    await frame.locator('th.corner').focus();
    await keyboard.press('ArrowDown');
    await line('channel 0 feeds filters 0–2 (group 0), 3 of 9');
    await keyboard.press('ArrowRight');
    await keyboard.press('PageDown');
    await line('filter 3 reads channel 1 (group 1)');
    await keyboard.press('Control+End');
    await line('filter 8 reads channel 2 (group 2)');
    await keyboard.press('ArrowLeft');
    await keyboard.press('Home');
    await line('filter 0 does not read channel 2');
    assert.equal(await frame.locator('[role="grid"] [tabindex="0"]').count(), 1);
  });

  it('proves the map in a worker, within the content policy', async () => {
    await frame.evaluate(() => {
      const seen: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
        seen.push(violatedDirective),
      );
      Object.assign(globalThis, { policyViolations: seen });
    });
    assert.equal(await frame.locator('.verify').getAttribute('data-status'), 'derived');
    await frame.locator('[data-key="verify"]').click();
    await frame.locator('.verify[data-status="verified"]').waitFor();
    assert.deepEqual(await frame.locator('.paths .agreement').allInnerTexts(), [
      '✓agrees',
      '✓agrees',
      '✓agrees',
    ]);
    assert.ok(Number(await frame.locator('.difference').innerText()) < 1e-4);
    const violations = await frame.evaluate(
      () => (globalThis as unknown as { policyViolations: string[] }).policyViolations,
    );
    assert.deepEqual(violations, []);
  });

  it('verifies when the command asks for it', async () => {
    await show(ORDINARY);
    await frame.locator('.verify[data-status="derived"]').waitFor();
    await open().api((vscode) => vscode.commands.executeCommand('convlens.verifyMapping'));
    await frame.locator('.verify[data-status="verified"]').waitFor();
    await frame.locator('.verify').filter({ hasText: 'All 27 pairs' }).waitFor();
  });

  it('goes to the call', async () => {
    await show(GROUPED);
    await open().api((vscode) => vscode.commands.executeCommand('cursorTop'));
    await frame.locator('[data-key="location"]').click();
    const isThere = await open().api(async (vscode, wanted) => {
      for (let tries = 0; tries < 50; tries++) {
        const editor = vscode.window.activeTextEditor;
        if (editor?.document.lineAt(editor.selection.active.line).text.includes(wanted) === true) return true;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return false;
    }, GROUPED);
    assert.ok(isThere);
  });

  it('stays on a pinned layer', async () => {
    await show(GROUPED);
    const pin = frame.locator('[data-key="pin"]');
    const kind = (text: string) => frame.locator('.kind').filter({ hasText: text }).waitFor();
    await pin.click();
    await frame.locator('.notice').filter({ hasText: 'Pinned' }).waitFor();
    await placeCursor(open(), 'forum_question.py', ORDINARY);
    await kind('depthwise, multiplier 3');
    // The panel follows at once, which may take the word of it away again: what it shows is what counts.
    await pin.click();
    await kind('standard');
  });

  it('ignores messages of another form', async () => {
    await frame.evaluate(() => {
      window.postMessage('nonsense', '*');
      window.postMessage(
        { rpc: 'call', id: 1, method: 'show', argument: { kind: 'layer', title: '<b>' } },
        '*',
      );
    });
    await show(GROUPED);
    await frame.locator('.kind').filter({ hasText: 'depthwise, multiplier 3' }).waitFor();
  });

  for (const theme of THEME_NAMES) {
    it(`is accessible in the theme ${theme}`, async () => {
      await showTheme(open(), theme);
      await frame.locator('.verify').waitFor();
      assert.deepEqual(await accessibilityProblems(frame), []);
    });
  }
});
