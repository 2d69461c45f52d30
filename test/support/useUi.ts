/** Ties an open VS Code to a Mocha suite: opened before it, closed after it, pictured when a test fails. */
import fs from 'node:fs';
import path from 'node:path';
import { RESULTS } from './host/paths';
import { openUi, type Ui, type UiOptions } from './ui';

/**
 * Opens VS Code with ConvLens active for the suite that is being described, and returns how its tests reach it. A
 * failed test leaves a picture and the log in `test-results/ui/`.
 */
export function useUi(options: UiOptions = {}): () => Ui {
  let ui: Ui | undefined;
  before(async function () {
    this.timeout(120_000);
    ui = await openUi(options);
    await ui.api((vscode) =>
      vscode.extensions
        .getExtension('convlens.convlens')
        ?.activate()
        .then(() => true),
    );
  });
  afterEach(async function () {
    if (ui && this.currentTest?.state === 'failed') await keep(ui, this.currentTest.fullTitle());
  });
  after(async function () {
    this.timeout(30_000);
    await ui?.close();
  });
  return () => {
    if (!ui) throw new Error('VS Code is open only while the tests of the suite run');
    return ui;
  };
}

async function keep(ui: Ui, title: string): Promise<void> {
  const folder = path.join(RESULTS, 'ui');
  const file = path.join(folder, title.replace(/[^\w]+/g, '-').slice(0, 120));
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(`${file}.log`, `${ui.log.join('\n')}\n`);
  await ui.page.screenshot({ path: `${file}.png`, timeout: 10_000 }).catch(() => undefined);
}
