/** What a person does in the workbench, as steps for UI suites and pictures. */
import { type Frame, type Locator } from 'playwright-core';
import { type Ui } from './ui';

/** Themes by what suites call them: the setting's value, and the class that the workbench has once it is shown. */
const THEMES = {
  dark: { id: 'Default Dark Modern', shown: '.vs-dark' },
  light: { id: 'Default Light Modern', shown: '.vs' },
  contrast: { id: 'Default High Contrast', shown: '.hc-black' },
  contrastLight: { id: 'Default High Contrast Light', shown: '.hc-light' },
} as const;

/** A theme that suites look at. */
export type ThemeName = keyof typeof THEMES;

/** Every theme that suites look at. */
export const THEME_NAMES = Object.keys(THEMES) as ThemeName[];

/** Changes the theme and waits until the workbench shows it. */
export async function showTheme(ui: Ui, name: ThemeName): Promise<void> {
  const { id, shown } = THEMES[name];
  await ui.api(
    (vscode, theme) =>
      vscode.workspace
        .getConfiguration()
        .update('workbench.colorTheme', theme, vscode.ConfigurationTarget.Global),
    id,
  );
  await ui.page.locator(`.monaco-workbench${shown}`).waitFor();
}

/**
 * Opens a file of the workspace and puts the cursor `into` characters behind the start of the first place where `text`
 * stands.
 */
export async function placeCursor(ui: Ui, file: string, text: string, into = 4): Promise<void> {
  await ui.api(
    async (vscode, name, wanted, distance) => {
      const folder = vscode.workspace.workspaceFolders?.[0];
      if (!folder) throw new Error('no folder is open');
      const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
      const editor = await vscode.window.showTextDocument(document);
      const offset = document.getText().indexOf(wanted);
      if (offset < 0) throw new Error(`${name} does not hold ${wanted}`);
      const position = document.positionAt(offset + distance);
      editor.selection = new vscode.Selection(position, position);
      editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenter);
    },
    file,
    text,
    into,
  );
  await ui.page.locator('.monaco-editor .view-line').first().waitFor();
}

/** Opens the hover at the cursor and returns it once it has text and its pictures are drawn. */
export async function showHover(ui: Ui): Promise<Locator> {
  await ui.api((vscode) => vscode.commands.executeCommand('editor.action.showHover'));
  const hover = ui.page
    .locator('.monaco-hover:not(.hidden)')
    .filter({ has: ui.page.locator('.hover-row-contents') });
  await hover.first().waitFor();
  for (const image of await hover.locator('img').all()) {
    await image.evaluate((element: HTMLImageElement) => element.decode());
  }
  return hover.first();
}

/** Opens the visualiser in the side bar and returns its document once the page has started. */
export async function openVisualiser(ui: Ui): Promise<Frame> {
  await ui.api((vscode) => vscode.commands.executeCommand('convlens.openVisualiser'));
  return ui.webview(() => document.body.dataset['ready'] === 'true');
}

/** Chooses the context of the active document from the lists, as a person does. */
export async function chooseContext(ui: Ui, model: string, layer: string): Promise<void> {
  await ui.api((vscode) => void vscode.commands.executeCommand('convlens.chooseContext'));
  for (const label of [model, layer]) {
    const row = ui.page
      .locator('.quick-input-widget .monaco-list-row')
      .filter({ has: ui.page.locator('.label-name', { hasText: label }) });
    await row.first().click();
  }
  await ui.page.locator('.statusbar-item', { hasText: `ConvLens: ${model} · ${layer}` }).waitFor();
}

/** Opens the summary of a model of the active document and returns its page once that shows the table. */
export async function openSummary(ui: Ui, model: string): Promise<Frame> {
  await ui.api(
    (vscode, id) =>
      vscode.commands.executeCommand('convlens.showModelSummary', {
        uri: vscode.window.activeTextEditor?.document.uri.toString() ?? '',
        id,
      }),
    model,
  );
  const frame = await ui.webview(() => document.body.dataset['page'] === 'summary');
  await frame.locator('h1', { hasText: model }).waitFor();
  return frame;
}
