/** Takes pictures of ConvLens at work on the samples, for people to look at: `npm run shots -- NAME...`. */
import {
  chooseContext,
  openSummary,
  openVisualiser,
  placeCursor,
  showHover,
  showTheme,
  type ThemeName,
} from '../support/steps';
import { openUi, type Ui } from '../support/ui';

interface Shot {
  readonly name: string;
  readonly theme: ThemeName;
  /** Brings the workbench to what the picture shows. */
  readonly arrange: (ui: Ui) => Promise<void>;
}

async function hover(ui: Ui): Promise<void> {
  await placeCursor(ui, 'forum_question.py', GROUPED);
  await showHover(ui);
}

async function visualise(ui: Ui): Promise<void> {
  await placeCursor(ui, 'forum_question.py', GROUPED);
  const frame = await openVisualiser(ui);
  await frame.locator('svg, table').first().waitFor();
}

async function verify(ui: Ui): Promise<void> {
  await placeCursor(ui, 'forum_question.py', GROUPED);
  const frame = await openVisualiser(ui);
  await ui.api((vscode) => vscode.commands.executeCommand('convlens.verifyMapping'));
  await frame.locator('.verify[data-status="verified"]').waitFor();
}

async function hoverFormula(ui: Ui): Promise<void> {
  await placeCursor(ui, 'tour.py', 'nn.Conv2d(dim, dim, ');
  await showHover(ui);
}

async function hoverArgument(ui: Ui): Promise<void> {
  await placeCursor(ui, 'forum_question.py', 'groups=3)');
  await showHover(ui);
}

async function hoverCell(ui: Ui): Promise<void> {
  await ui.api(async (vscode) => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (!folder) throw new Error('no folder is open');
    const uri = vscode.Uri.joinPath(folder.uri, 'doubling_channels.ipynb');
    await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(uri));
  });
  const call = ui.page.locator('.notebook-editor .view-line span', { hasText: 'Conv2d' }).last();
  await call.hover();
  await ui.page.locator('.monaco-hover:not(.hidden) img').first().waitFor();
}

const NETWORK = 'residual_network.py';

async function hoverBuilt(ui: Ui): Promise<void> {
  await placeCursor(ui, NETWORK, 'nn.Conv2d(in_planes, out_planes');
  await showHover(ui);
}

async function hoverInContext(ui: Ui): Promise<void> {
  await placeCursor(ui, NETWORK, 'def wide', 5);
  await chooseContext(ui, 'wide()', 'stages.2.conv2');
  await placeCursor(ui, NETWORK, 'nn.Conv2d(in_planes, out_planes');
  await showHover(ui);
}

async function hoverBlock(ui: Ui): Promise<void> {
  await placeCursor(ui, NETWORK, 'conv3x3(planes, planes');
  await showHover(ui);
}

async function hoverModel(ui: Ui): Promise<void> {
  await placeCursor(ui, NETWORK, 'net = small()', 1);
  await showHover(ui);
}

async function summarise(ui: Ui): Promise<void> {
  await placeCursor(ui, NETWORK, 'net = small()', 1);
  const frame = await openSummary(ui, 'net');
  await frame.locator('thead button', { hasText: 'MACs' }).click();
}

async function pickContext(ui: Ui): Promise<void> {
  await placeCursor(ui, NETWORK, 'def wide', 5);
  void ui.api((vscode) => void vscode.commands.executeCommand('convlens.chooseContext'));
  await ui.page.locator('.quick-input-widget .monaco-list-row').nth(2).waitFor();
}

async function scan(ui: Ui): Promise<void> {
  await placeCursor(ui, NETWORK, 'def wide', 5);
  await ui.api((vscode) => vscode.commands.executeCommand('convlens.analyseWorkspace').then(() => true));
  await ui.page.locator('.pane-body .monaco-list-row', { hasText: 'Files with' }).waitFor();
}

const GROUPED = 'nn.Conv2d(3, 9, 3, 1, 1, groups=3)';

const SHOTS: readonly Shot[] = (['dark', 'light', 'contrast'] as const).flatMap((theme) => [
  { name: `hover-${theme}`, theme, arrange: hover },
  { name: `panel-${theme}`, theme, arrange: visualise },
  { name: `verified-${theme}`, theme, arrange: verify },
  { name: `formula-${theme}`, theme, arrange: hoverFormula },
  { name: `argument-${theme}`, theme, arrange: hoverArgument },
  { name: `notebook-${theme}`, theme, arrange: hoverCell },
  { name: `built-${theme}`, theme, arrange: hoverBuilt },
  { name: `context-${theme}`, theme, arrange: hoverInContext },
  { name: `block-${theme}`, theme, arrange: hoverBlock },
  { name: `model-${theme}`, theme, arrange: hoverModel },
  { name: `summary-${theme}`, theme, arrange: summarise },
  { name: `pick-${theme}`, theme, arrange: pickContext },
  { name: `workspace-${theme}`, theme, arrange: scan },
]);

async function take(shot: Shot): Promise<boolean> {
  const ui = await openUi();
  try {
    await ui.api((vscode) =>
      vscode.extensions
        .getExtension('convlens.convlens')
        ?.activate()
        .then(() => true),
    );
    await showTheme(ui, shot.theme);
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
