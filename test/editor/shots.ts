/** Takes pictures of ConvLens at work on the samples, for people to look at: `npm run shots -- NAME...`. */
import { openUi, type Ui } from '../support/ui';

interface Shot {
  readonly name: string;
  readonly theme: string;
  /** Brings the workbench to what the picture shows. */
  readonly arrange: (ui: Ui) => Promise<void>;
}

const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  contrast: 'Default High Contrast',
};

/** Opens a file of the workspace and selects the first place where `text` stands. */
async function select(ui: Ui, file: string, text: string): Promise<void> {
  await ui.api(
    async (vscode, name, wanted) => {
      const folder = vscode.workspace.workspaceFolders?.[0];
      if (!folder) throw new Error('no folder is open');
      const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
      const editor = await vscode.window.showTextDocument(document);
      const offset = document.getText().indexOf(wanted);
      if (offset < 0) throw new Error(`${name} does not hold ${wanted}`);
      const position = document.positionAt(offset + 4);
      editor.selection = new vscode.Selection(position, position);
      editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenter);
    },
    file,
    text,
  );
  await ui.page.locator('.monaco-editor .view-line').first().waitFor();
}

async function hover(ui: Ui, file: string, text: string): Promise<void> {
  await select(ui, file, text);
  await ui.api((vscode) => vscode.commands.executeCommand('editor.action.showHover'));
  await ui.page.locator('.monaco-hover:not(.hidden) .hover-row-contents').first().waitFor();
}

async function visualise(ui: Ui, file: string, text: string): Promise<void> {
  await select(ui, file, text);
  await ui.api((vscode) => vscode.commands.executeCommand('convlens.openVisualiser'));
  const frame = await ui.webview(() => document.body.dataset['ready'] !== undefined);
  await frame.locator('body[data-ready]').waitFor();
}

const GROUPED = 'nn.Conv2d(3, 9, 3, 1, 1, groups=3)';

const SHOTS: readonly Shot[] = Object.entries(THEMES).flatMap(([name, theme]) => [
  { name: `hover-${name}`, theme, arrange: (ui: Ui) => hover(ui, 'forum_question.py', GROUPED) },
  { name: `panel-${name}`, theme, arrange: (ui: Ui) => visualise(ui, 'forum_question.py', GROUPED) },
]);

async function take(shot: Shot): Promise<boolean> {
  const ui = await openUi({ settings: { 'workbench.colorTheme': shot.theme } });
  try {
    await shot.arrange(ui);
    console.log(await ui.shot(shot.name));
    return true;
  } catch (error) {
    console.error(`${shot.name}: ${error instanceof Error ? error.message : String(error)}`);
    console.error(`what it looked like: ${await ui.shot(`${shot.name}-failed`)}`);
    return false;
  } finally {
    await ui.close();
  }
}

async function main(names: readonly string[]): Promise<void> {
  const chosen = SHOTS.filter(
    ({ name }) => names.length === 0 || names.some((wanted) => name.includes(wanted)),
  );
  if (chosen.length === 0) console.error(`pictures: ${SHOTS.map(({ name }) => name).join(', ')}`);
  let taken = 0;
  for (const shot of chosen) taken += (await take(shot)) ? 1 : 0;
  process.exit(taken > 0 && taken === chosen.length ? 0 : 1);
}

void main(process.argv.slice(2));
