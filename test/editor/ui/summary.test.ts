/** The summary of a model: its table sorts, leads to the source, works with the keyboard and in every theme. */
import assert from 'node:assert/strict';
import { type Frame } from 'playwright-core';
import { accessibilityProblems } from '../../support/accessibility';
import {
  chooseContext,
  openSummary,
  placeCursor,
  showHover,
  showTheme,
  THEME_NAMES,
} from '../../support/steps';
import { useUi } from '../../support/useUi';

const NETWORK = 'residual_network.py';

describe('the summary of a model', () => {
  const open = useUi();
  let frame: Frame;

  const names = () => frame.locator('tbody th').allInnerTexts();
  const header = (title: string) =>
    frame.locator('thead th').filter({ has: frame.locator(`button:text-is("${title}")`) });
  const cursorLine = () => open().api((vscode) => vscode.window.activeTextEditor?.selection.active.line);

  before(async () => {
    await placeCursor(open(), NETWORK, 'net = small()', 1);
    frame = await openSummary(open(), 'net');
  });

  it('has the totals and a row a convolution', async () => {
    await frame.locator('dd', { hasText: /^170,250$/ }).waitFor();
    const all = await names();
    assert.deepEqual([all.length, all[0]], [13, 'stem']);
    assert.equal(await frame.locator('tfoot th').innerText(), '13 convolutions');
  });

  it('sorts by a column and says so', async () => {
    const column = frame.locator('thead th').last();
    const press = column.locator('button');
    assert.equal(await column.getAttribute('aria-sort'), 'none');
    await press.click();
    assert.equal(await column.getAttribute('aria-sort'), 'descending');
    assert.equal((await names())[0], 'stages.0.conv2');
    await press.press('Enter');
    assert.equal(await column.getAttribute('aria-sort'), 'ascending');
    assert.ok(await press.evaluate((element) => element === document.activeElement));
    await press.click();
    assert.deepEqual([await column.getAttribute('aria-sort'), (await names())[0]], ['none', 'stem']);
    assert.equal(await header('name').count(), 1);
  });

  it('is walked with the arrow keys and leads to the source', async () => {
    const { keyboard } = open().page;
    const links = frame.locator('tbody th button');
    await links.first().focus();
    await keyboard.press('ArrowDown');
    await keyboard.press('End');
    assert.ok(await links.last().evaluate((element) => element === document.activeElement));
    assert.equal(await frame.locator('tbody [tabindex="0"]').count(), 1);
    await keyboard.press('Home');
    await keyboard.press('Enter');
    await waitFor(async () => (await cursorLine()) === 30);
    await frame.locator('tbody tr').nth(1).locator('td').first().click();
    await waitFor(async () => (await cursorLine()) === 12);
  });

  it('copies the table', async () => {
    await frame.locator('[data-key="csv"]').click();
    await frame.locator('.notice', { hasText: 'Copied as CSV' }).waitFor();
  });

  it('scrolls its table, not the page, when it is narrow', async () => {
    const widths = await frame.evaluate(() => {
      const table = document.querySelector('.scroll');
      const page = document.documentElement;
      return [page.scrollWidth - page.clientWidth, (table?.scrollWidth ?? 0) - (table?.clientWidth ?? 0)];
    });
    assert.equal(widths[0], 0);
    assert.ok((widths[1] ?? 0) > 0);
  });

  for (const theme of THEME_NAMES) {
    it(`is accessible in the theme ${theme}`, async () => {
      await showTheme(open(), theme);
      await frame.locator('table').waitFor();
      assert.deepEqual(await accessibilityProblems(frame), []);
    });
  }

  it('stands beside cards that are read in the chosen context', async () => {
    await placeCursor(open(), NETWORK, 'nn.Conv2d(in_planes, out_planes');
    await chooseContext(open(), 'wide()', 'stages.2.conv2');
    const hover = await showHover(open());
    await hover.filter({ hasText: 'as in wide() · stages.2.conv2' }).waitFor();
    await hover.filter({ hasText: '[256, 8, 3, 3]' }).waitFor();
  });
});

/** Waits until `check` holds. */
async function waitFor(check: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    if (await check()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not happen');
}
