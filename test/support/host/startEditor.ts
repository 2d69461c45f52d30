/** `npm start`: opens VS Code with ConvLens for a person, in the browser or on the desktop. */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { plainRelease, prepareHost, type Host } from './lanes';
import { CACHE, ROOT, SAMPLES } from './paths';
import { startServer } from './server';
import { seedSettings, type Settings } from './settings';

interface Choice {
  readonly folder: string;
  /** The desktop program to use instead of the embedded server. */
  readonly desktop?: string;
  readonly openBrowser: boolean;
  readonly port: number;
}

const USAGE = `usage: npm start -- [PATH] [--desktop[=CODE]] [--port=N] [--no-open]
  PATH            the folder to open; the sample workspace when left out
  --desktop       use the desktop VS Code that "code" on the PATH starts
  --desktop=CODE  use the desktop VS Code at this path
  --port=N        serve on this port; any free one when left out
  --no-open       do not open the browser`;

const FIRST_SAMPLE = path.join(SAMPLES, 'forum_question.py');

/** Settings of the embedded editor: nothing asks, nothing calls out; the rest is VS Code as it comes. */
const FRIENDLY: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

function say(line: string): void {
  console.log(line);
}

function readChoice(args: readonly string[]): Choice | string {
  let folder = SAMPLES;
  let desktop: string | undefined;
  let openBrowser = true;
  let port = 0;
  for (const arg of args) {
    const [name, value] = arg.startsWith('--') ? arg.split(/=(.*)/s) : ['', arg];
    if (name === '') folder = path.resolve(process.env['INIT_CWD'] ?? process.cwd(), arg);
    else if (name === '--desktop') desktop = value ?? 'code';
    else if (name === '--no-open') openBrowser = false;
    else if (name === '--port' && /^\d+$/.test(value ?? '')) port = Number(value);
    else return `not understood: ${arg}`;
  }
  if (!fs.existsSync(folder)) return `there is no ${folder}`;
  return { folder, openBrowser, port, ...(desktop === undefined ? {} : { desktop }) };
}

function whatToTry(folder: string): string {
  const first =
    folder === SAMPLES
      ? '  hover      nn.Conv2d(3, 9, 3, 1, 1, groups=3) in forum_question.py, then hover groups=3 alone'
      : '  hover      any convolution of PyTorch, TensorFlow or Keras in a .py file or a notebook';
  return `What to try:
${first}
  palette    F1, then "ConvLens: Open Visualiser"; it follows the cursor
             "ConvLens: Verify Channel Mapping" proves who reads what by running the layer
             "ConvLens: List Layers in File" jumps, "ConvLens: Copy Layer Spec" copies`;
}

/** Puts the extension among the server's installed ones; a link, so that a reload shows a new build. */
function linkExtension(extensionsDir: string): void {
  fs.rmSync(extensionsDir, { recursive: true, force: true });
  fs.mkdirSync(extensionsDir, { recursive: true });
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = path.join(extensionsDir, `convlens.convlens-${version}`);
  fs.mkdirSync(target);
  fs.copyFileSync(path.join(ROOT, 'package.json'), path.join(target, 'package.json'));
  for (const folder of ['dist', 'media']) {
    fs.symlinkSync(path.join(ROOT, folder), path.join(target, folder), 'junction');
  }
}

function openInBrowser(address: string): void {
  const headless = process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  if (headless || process.env['CI'] !== undefined) return;
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [address]]
      : process.platform === 'win32'
        ? ['rundll32', ['url.dll,FileProtocolHandler', address]]
        : ['xdg-open', [address]];
  // The address is printed too, so a machine without such a command loses nothing.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

async function startEmbedded(choice: Choice, host: Host): Promise<void> {
  const dataDir = path.join(CACHE, 'start');
  const extensionsDir = path.join(dataDir, 'extensions');
  linkExtension(extensionsDir);
  if (!fs.existsSync(path.join(dataDir, 'data/User/settings.json'))) seedSettings(dataDir, FRIENDLY);
  const token = randomBytes(16).toString('hex');
  const server = await startServer(host, { dataDir, extensionsDir, token, port: choice.port });
  const payload = [
    ['skipWelcome', 'true'],
    ...(choice.folder === SAMPLES && fs.existsSync(FIRST_SAMPLE)
      ? [['openFile', server.remote + FIRST_SAMPLE]]
      : []),
  ];
  const query = new URLSearchParams({ tkn: token, folder: choice.folder, payload: JSON.stringify(payload) });
  // Slashes and colons need no escape in a query, and the address reads better with them.
  const text = query.toString().replaceAll('+', '%20').replaceAll('%2F', '/').replaceAll('%3A', ':');
  const address = `${server.origin}/?${text}`;
  say(`\nVS Code ${host.release.replace(/^4/, '1')} with ConvLens runs at\n\n  ${address}\n`);
  say(
    `It answers this machine only. Folder: ${choice.folder}\n\n${whatToTry(choice.folder)}\n\nStop with Ctrl+C.`,
  );
  if (choice.openBrowser) openInBrowser(address);
  const end = (): void => void server.stop().then(() => process.exit(0));
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  server.child.once('exit', (code) => process.exit(code ?? 0));
}

function startDesktop(choice: Choice, program: string): void {
  const windows = process.platform === 'win32';
  const found = spawnSync(program, ['--version'], { encoding: 'utf8', shell: windows });
  if (found.status !== 0) {
    console.error(
      `"${program}" did not start a VS Code. In VS Code run "Shell Command: Install 'code' command in PATH",`,
    );
    console.error('or give its path: npm start -- --desktop=PATH');
    process.exit(1);
  }
  say(
    `opening VS Code ${found.stdout.split('\n')[0] ?? ''} on ${choice.folder}\n\n${whatToTry(choice.folder)}`,
  );
  const first = choice.folder === SAMPLES && fs.existsSync(FIRST_SAMPLE) ? [FIRST_SAMPLE] : [];
  const args = ['--new-window', `--extensionDevelopmentPath=${ROOT}`, choice.folder, ...first];
  spawnSync(program, args, { stdio: 'inherit', shell: windows });
}

async function main(): Promise<void> {
  const choice = readChoice(process.argv.slice(2));
  if (typeof choice === 'string') {
    console.error(`${choice}\n${USAGE}`);
    process.exit(2);
  }
  if (choice.desktop !== undefined) startDesktop(choice, choice.desktop);
  else await startEmbedded(choice, prepareHost(plainRelease(), say));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
