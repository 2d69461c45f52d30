/** Opens a real VS Code with ConvLens for a UI suite: Playwright in front, the `vscode` API behind. */
import fs from 'node:fs';
import path from 'node:path';
import { type Frame, type Page } from 'playwright-core';
import type * as vscode from 'vscode';
import { prepareBrowser } from './host/browser';
import { newestRelease, plainRelease, prepareHost } from './host/lanes';
import { RESULTS, ROOT, SAMPLES } from './host/paths';
import { openSession } from './host/session';
import { type Settings } from './host/settings';
import { stageExtension } from './host/stage';
import { openWorkbench } from './host/workbench';

/** What to open. */
export interface UiOptions {
  /** Absolute path of the folder; the sample workspace unless told. */
  readonly folder?: string;
  /** User settings on top of the quiet ones. */
  readonly settings?: Settings;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Device pixels per CSS pixel. */
  readonly scale?: number;
  /** Whether the folder is not trusted: VS Code then runs in restricted mode. */
  readonly restricted?: boolean;
  /** A code-server release; `CONVLENS_LANE` or the plain one unless told. */
  readonly release?: string;
}

/** An open VS Code. */
export interface Ui {
  readonly page: Page;
  /** Everything that the workbench and the extension host have printed, as `level: text`. */
  readonly log: readonly string[];
  /**
   * Runs `action` in the extension host and returns its result. The function is sent as text: it sees only its
   * arguments, and arguments and result must be JSON.
   */
  api<Args extends readonly unknown[], Result>(
    action: (api: typeof vscode, ...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>;
  /** Takes a picture into `test-results/shots/<name>.png` (a name may hold folders) and returns its path. */
  shot(name: string): Promise<string>;
  /** The document of a webview for which `isIt` (which runs in it) is true; rejects after `limit` milliseconds. */
  webview(isIt: () => boolean, limit?: number): Promise<Frame>;
  close(): Promise<void>;
}

/** Path of a picture that suites and `npm run shots` take. */
export function shotPath(name: string): string {
  return path.join(RESULTS, 'shots', `${name}.png`);
}

/** The release that UI suites run on: what `CONVLENS_LANE` says (a release or `newest`), or the plain one. */
export function laneRelease(): string {
  const lane = process.env['CONVLENS_LANE'] ?? '';
  if (lane === 'newest') return newestRelease();
  return lane === '' ? plainRelease() : lane;
}

/** Restricted mode without a question at the start. */
const RESTRICTED: Settings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

const say = (line: string): void => console.log(line);

/** Opens VS Code with the built extension of this repository; `npm run bundle` must have run. */
export async function openUi(options: UiOptions = {}): Promise<Ui> {
  const session = await openSession({
    host: prepareHost(options.release ?? laneRelease(), say),
    browser: prepareBrowser(say),
    trust: options.restricted ?? false,
    settings: { ...(options.restricted === true ? RESTRICTED : {}), ...options.settings },
  });
  try {
    return await connect(options, session);
  } catch (error) {
    await session.close();
    throw error;
  }
}

async function connect(options: UiOptions, session: Awaited<ReturnType<typeof openSession>>): Promise<Ui> {
  const log: string[] = [];
  let ready: (port: number) => void = () => undefined;
  const announced = new Promise<number>((resolve) => (ready = resolve));
  const { page, exited } = await openWorkbench(session.browser, session.server, {
    target: options.folder ?? SAMPLES,
    development: [stageExtension(path.join(session.dataDir, 'extension'))],
    tests: path.join(ROOT, 'out/test/support/bridge.js'),
    viewport: options.viewport ?? { width: 1280, height: 800 },
    scale: options.scale ?? 1,
    onLog: (level, text) => {
      log.push(`${level}: ${text}`);
      const port = /^BRIDGE (\d+)/.exec(text)?.[1];
      if (port !== undefined) ready(Number(port));
    },
  });
  const ended = exited.then((code): never => {
    throw new Error(`VS Code ended with code ${code}\n${log.slice(-20).join('\n')}`);
  });
  ended.catch(() => undefined);
  const port = await Promise.race([announced, ended, timeLimit(60_000, 'the extension host did not start')]);
  return {
    page,
    log,
    api: (action, ...args) =>
      Promise.race([callBridge(port, { source: String(action), args }), ended]) as never,
    shot: (name) => takeShot(page, name),
    webview: (isIt, limit = 20_000) => findWebview(page, isIt, limit),
    close: async () => {
      await callBridge(port, { exit: true }).catch(() => undefined);
      await Promise.race([exited, timeLimit(5000, '').catch(() => undefined)]);
      await session.close();
    },
  };
}

function timeLimit(milliseconds: number, why: string): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(why)), milliseconds).unref());
}

async function callBridge(port: number, order: object): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: JSON.stringify(order) });
  const answer = (await response.json()) as { value?: unknown; error?: string };
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.value;
}

async function takeShot(page: Page, name: string): Promise<string> {
  const file = shotPath(name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  return file;
}

async function findWebview(page: Page, isIt: () => boolean, limit: number): Promise<Frame> {
  for (const end = Date.now() + limit; Date.now() < end;) {
    for (const frame of page.frames()) {
      if (!frame.url().includes('/fake.html')) continue;
      if (await frame.evaluate(isIt).catch(() => false)) return frame;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no webview answered within ${limit} ms`);
}
