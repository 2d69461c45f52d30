/** Opens a VS Code workbench in a browser page and listens to what it reports. */
import { format } from 'node:util';
import { type Browser, type BrowserContext, type Page } from 'playwright-core';
import { type Server } from './server';

/** What the page is opened with. */
export interface WorkbenchOptions {
  /** Absolute path of the folder or `.code-workspace` file to open; without it an empty window. */
  readonly target?: string;
  /** Absolute paths of extensions to run from their folders. */
  readonly development?: readonly string[];
  /** Absolute path of the module whose `run()` the extension host calls. */
  readonly tests?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly scale?: number;
  /** Called with each line that the workbench and the extension host print. */
  readonly onLog?: (level: string, text: string) => void;
  /** Runs in the page before the workbench starts. */
  readonly init?: { readonly run: (argument: never) => void; readonly argument: unknown };
}

/** An open workbench. */
export interface Workbench {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Resolves with the code of the test run: 0 passed, 1 failed, 70 server ended, 71 page crashed. */
  readonly exited: Promise<number>;
}

/** Chatter of the workbench that says nothing about an extension. */
const NOISE = new RegExp(
  [
    '^\\[(ChatModelSelection|AgentHost|AccountPolicyGate|Service Worker|reconnection-grace)',
    'connection token',
    'Creating a socket',
    'additional builtin extensions',
    'Creation of workbench contribution',
    'ChatSessionStore',
    "authentication provider 'github'",
    'DefaultAccount',
    'chat-stt',
    '^Canceled: Canceled',
    'package\\.nls\\.json',
    'Loading development extension',
  ].join('|'),
);

/** Whether a line is known chatter of the workbench itself. */
export function isNoise(text: string): boolean {
  return NOISE.test(text);
}

/** Opens the workbench of `server` in a fresh context; nothing but this machine can be reached from it. */
export async function openWorkbench(
  browser: Browser,
  server: Server,
  options: WorkbenchOptions,
): Promise<Workbench> {
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    deviceScaleFactor: options.scale ?? 1,
    colorScheme: 'dark',
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  await context.route(
    (url) => url.hostname !== '127.0.0.1' && !url.hostname.endsWith('vscode-cdn.net'),
    (route) => route.abort(),
  );
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  const page = await context.newPage();
  const { exited } = await listen(page, server, options.onLog);
  if (options.init) await page.addInitScript(options.init.run, options.init.argument as never);
  await page.goto(address(server, options));
  return { context, page, exited };
}

/** Connects the functions that the workbench calls; resolves when they are in place. */
async function listen(
  page: Page,
  server: Server,
  onLog: WorkbenchOptions['onLog'],
): Promise<{ exited: Promise<number> }> {
  let settle: (code: number) => void = () => undefined;
  const exited = new Promise<number>((resolve) => (settle = resolve));
  await page.exposeFunction('codeAutomationLog', (level: string, args: unknown[]) =>
    onLog?.(level, format(...args)),
  );
  await page.exposeFunction('codeAutomationExit', (code: number) => settle(code));
  page.once('crash', () => settle(71));
  server.child.once('exit', () => settle(70));
  // In a record, because an async function would wait for the promise itself.
  return { exited };
}

function address(server: Server, options: WorkbenchOptions): string {
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...(options.development ?? []).map((folder) => ['extensionDevelopmentPath', server.remote + folder]),
    ...(options.tests === undefined ? [] : [['extensionTestsPath', server.remote + options.tests]]),
  ];
  const query = new URLSearchParams();
  if (options.target === undefined) query.set('ew', 'true');
  else query.set(options.target.endsWith('.code-workspace') ? 'workspace' : 'folder', options.target);
  query.set('payload', JSON.stringify(payload));
  return `${server.origin}/?${query.toString().replaceAll('+', '%20')}`;
}
