/** Runs the suites of test/editor/host in every extension host: `node out/test/editor/main.js prepare|host|desktop`. */
import { runTests } from '@vscode/test-electron';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { prepareBrowser } from '../support/host/browser';
import { bundleSuites } from '../support/host/bundleSuites';
import { newestRelease, OLDEST, plainRelease, prepareHost, type Host } from '../support/host/lanes';
import { ROOT, SAMPLES } from '../support/host/paths';
import { runSuites } from '../support/host/runSuites';
import { stageExtension } from '../support/host/stage';
import { installVsix, writeEmptyExtension } from '../support/host/vsix';
import { offerWebFolder } from '../support/host/webHost';

const SUITES = 'out/editor/host.js';
const VSIX = path.join(ROOT, 'out/convlens.vsix');
const say = (line: string): void => console.log(line);

/** One way of running the extension. */
interface Lane {
  readonly name: string;
  readonly run: (lane: LaneContext) => Promise<number>;
  readonly release: string;
}

interface LaneContext {
  readonly name: string;
  readonly host: Host;
  readonly browser: string;
  /** A copy of the sample workspace, so that no test can change the original. */
  readonly folder: string;
}

const LANES: readonly Lane[] = [
  { name: 'oldest', release: OLDEST, run: fromFolder },
  { name: 'newest', release: newestRelease(), run: fromFolder },
  { name: 'web', release: plainRelease(), run: inWebWorker },
  { name: 'packaged', release: plainRelease(), run: fromPackage },
];

function fromFolder({ folder, ...lane }: LaneContext): Promise<number> {
  const extension = stageExtension(path.join(path.dirname(folder), 'extension'));
  const workbench = { target: folder, development: [extension], tests: path.join(ROOT, SUITES) };
  return runSuites({ ...lane, print: say, workbench });
}

function fromPackage({ folder, ...lane }: LaneContext): Promise<number> {
  const helper = writeEmptyExtension(path.dirname(folder));
  const workbench = { target: folder, development: [helper], tests: path.join(ROOT, SUITES) };
  const prepare = (dataDir: string): void => installVsix(lane.host, VSIX, dataDir);
  return runSuites({ ...lane, print: say, prepare, workbench });
}

async function inWebWorker({ folder, ...lane }: LaneContext): Promise<number> {
  const extension = stageExtension(path.join(path.dirname(folder), 'extension'));
  fs.copyFileSync(path.join(ROOT, SUITES), path.join(extension, 'suites.js'));
  const web = offerWebFolder(lane.host, extension);
  try {
    return await runSuites({
      ...lane,
      print: say,
      workbench: async (server) => ({ ...(await web.options(server, 'suites.js')), target: folder }),
    });
  } finally {
    web.remove();
  }
}

async function runLane(lane: Lane): Promise<boolean> {
  const host = prepareHost(lane.release, say);
  const parent = fs.mkdtempSync(path.join(os.tmpdir(), 'convlens-lane-'));
  const folder = path.join(parent, 'samples');
  fs.cpSync(SAMPLES, folder, { recursive: true });
  const started = Date.now();
  try {
    say(`${lane.name}: VS Code ${lane.release.replace(/^4/, '1')}`);
    const code = await lane.run({ name: lane.name, host, browser: prepareBrowser(say), folder });
    say(`${lane.name}: code ${code} after ${Math.round((Date.now() - started) / 1000)} s`);
    return code === 0;
  } finally {
    fs.rmSync(parent, { recursive: true, force: true });
  }
}

/** Runs the lanes one after the other; all of them, even when one fails. */
async function runHosts(names: readonly string[]): Promise<boolean> {
  await bundleSuites('test/editor/host', path.join(ROOT, SUITES));
  let passed = true;
  for (const lane of LANES.filter(({ name }) => names.length === 0 || names.includes(name))) {
    passed = (await runLane(lane)) && passed;
  }
  return passed;
}

/** Downloads desktop editors and runs the suites in them. */
async function runDesktop(): Promise<boolean> {
  await bundleSuites('test/editor/host', path.join(ROOT, SUITES));
  for (const version of ['1.89.1', 'stable']) {
    await runTests({
      version,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: path.join(ROOT, SUITES),
      launchArgs: [SAMPLES, '--disable-extensions', '--disable-workspace-trust'],
    });
  }
  return true;
}

/** Installs what the other runs need. */
function prepare(): boolean {
  for (const release of new Set(LANES.map((lane) => lane.release))) prepareHost(release, say);
  say(`browser: ${prepareBrowser(say)}`);
  return true;
}

async function main([command, ...names]: readonly string[]): Promise<boolean> {
  switch (command) {
    case 'prepare':
      return prepare();
    case 'host':
      return runHosts(names);
    case 'desktop':
      return runDesktop();
    default:
      console.error('usage: main.js prepare | host [lane...] | desktop');
      return false;
  }
}

main(process.argv.slice(2)).then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
