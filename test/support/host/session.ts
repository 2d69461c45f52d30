/** One VS Code server, one browser and one temporary folder, started together and always ended together. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Browser } from 'playwright-core';
import { launchBrowser } from './browser';
import { type Host } from './lanes';
import { startServer, type Server, type ServerOptions } from './server';
import { QUIET, seedSettings, type Settings } from './settings';

/** What a session needs. */
export interface SessionOptions extends Omit<ServerOptions, 'dataDir'> {
  readonly host: Host;
  /** Path of the browser. */
  readonly browser: string;
  /** User settings on top of the quiet ones. */
  readonly settings?: Settings;
  /** Called with the data folder before the server starts, for example to put extensions in it. */
  readonly prepare?: (dataDir: string) => void;
}

/** A running server and browser. */
export interface Session {
  readonly server: Server;
  readonly browser: Browser;
  readonly dataDir: string;
  close(): Promise<void>;
}

/** Starts a session in a new temporary folder. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'convlens-test-'));
  seedSettings(dataDir, { ...QUIET, ...options.settings });
  options.prepare?.(dataDir);
  const [server, browser] = await Promise.allSettled([
    startServer(options.host, { testDriver: true, ...options, dataDir }),
    launchBrowser(options.browser),
  ]);
  const end = (): never => process.exit(143);
  process.once('SIGTERM', end);
  const close = async (): Promise<void> => {
    process.removeListener('SIGTERM', end);
    if (browser.status === 'fulfilled') await browser.value.close().catch(() => undefined);
    if (server.status === 'fulfilled') await server.value.stop();
    fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  if (server.status === 'fulfilled' && browser.status === 'fulfilled') {
    return { server: server.value, browser: browser.value, dataDir, close };
  }
  await close();
  throw server.status === 'rejected' ? server.reason : (browser as PromiseRejectedResult).reason;
}
