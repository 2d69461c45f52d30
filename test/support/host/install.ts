/** Installs a real VS Code server for tests and `npm start` from the package registry, without a compiler. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { npm } from './npm';
import { CACHE } from './paths';
import { LOGGER_SOURCE, WATCHDOG_SOURCE } from './standIns';

/** Built-in extensions left out: they need natives or accounts, or only add noise. */
const EXTENSIONS_LEFT_OUT = [
  'copilot',
  'git',
  'github',
  'microsoft-authentication',
  'tunnel-forwarding',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
];

/** Dependencies left out: natives that would be compiled, and parts that need accounts or Windows. */
const DEPENDENCIES_LEFT_OUT = [
  '@anthropic-ai/sandbox-runtime',
  '@devcontainers/cli',
  '@github/copilot',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/copilot-api',
  '@vscode/deviceid',
  '@vscode/fs-copyfile',
  '@vscode/native-watchdog',
  '@vscode/sandbox-runtime',
  '@vscode/spdlog',
  '@vscode/sqlite3',
  '@vscode/tree-sitter-wasm',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
  'kerberos',
  'native-watchdog',
  'ssh2',
];

interface Manifest {
  version: string;
  dependencies: Record<string, string>;
}

/**
 * The folder of the VS Code server inside code-server `release` (4.104.0 holds VS Code 1.104.0), installed on first
 * use; about ten seconds and 250 MB.
 */
export function installHost(release: string, say: (line: string) => void): string {
  const home = path.join(CACHE, `host-${release}`);
  const vscode = path.join(home, 'vscode');
  const ready = path.join(home, '.ready');
  if (fs.existsSync(ready)) return vscode;
  say(`installing the VS Code server ${release.replace(/^4/, '1')} into .vscode-test/ (about 250 MB)`);
  fs.rmSync(home, { recursive: true, force: true });
  fs.mkdirSync(home, { recursive: true });
  // npm walks up to the nearest package.json: this one keeps it, and our settings for it, inside the folder.
  fs.writeFileSync(path.join(home, 'package.json'), '{ "private": true }\n');
  unpack(release, home);
  const manifest = trimDependencies(vscode);
  npm(['install', '--omit=dev', '--no-save', '--legacy-peer-deps'], vscode);
  const minor = Number(manifest.version.split('.')[1]);
  putModule(vscode, '@vscode/spdlog', LOGGER_SOURCE);
  putModule(vscode, minor >= 110 ? '@vscode/native-watchdog' : 'native-watchdog', WATCHDOG_SOURCE);
  addSearchBinary(vscode, home);
  fs.writeFileSync(ready, `${release}\n`);
  return vscode;
}

function unpack(release: string, home: string): void {
  const archive = npm(['pack', `code-server@${release}`, '--silent'], home)
    .split('\n')
    .pop();
  if (archive === undefined || archive === '')
    throw new Error(`npm pack code-server@${release} named no file`);
  const leftOut = EXTENSIONS_LEFT_OUT.map((name) => `--exclude=package/lib/vscode/extensions/${name}`);
  execFileSync('tar', ['-xzf', archive, '--strip-components=2', ...leftOut, 'package/lib/vscode'], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  fs.rmSync(path.join(home, archive));
}

function trimDependencies(vscode: string): Manifest {
  const file = path.join(vscode, 'package.json');
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as Manifest;
  const kept = Object.entries(manifest.dependencies).filter(
    ([name]) => !DEPENDENCIES_LEFT_OUT.includes(name),
  );
  fs.writeFileSync(file, JSON.stringify({ ...manifest, dependencies: Object.fromEntries(kept) }, null, 2));
  return manifest;
}

function putModule(vscode: string, name: string, source: string): void {
  const folder = path.join(vscode, 'node_modules', name);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const manifest = { name, version: '0.0.0', main: 'index.js', type: 'commonjs' };
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  fs.writeFileSync(path.join(folder, 'index.js'), source);
}

/** Older servers download ripgrep after installation; here it comes from its platform package. */
function addSearchBinary(vscode: string, home: string): void {
  const target = path.join(vscode, 'node_modules/@vscode/ripgrep');
  if (!fs.existsSync(target) || fs.existsSync(path.join(target, 'bin'))) return;
  const name = `@vscode/ripgrep-${process.platform}-${process.arch}`;
  const folder = path.join(home, 'ripgrep');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  npm(['install', '--no-save', `${name}@1.18.0`], folder);
  fs.cpSync(path.join(folder, 'node_modules', name, 'bin'), path.join(target, 'bin'), { recursive: true });
  fs.rmSync(folder, { recursive: true });
}
