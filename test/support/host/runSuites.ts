/** Runs a bundle of suites inside an extension host and returns its exit code. */
import fs from 'node:fs';
import path from 'node:path';
import { type Page } from 'playwright-core';
import { RESULTS } from './paths';
import { openSession, type SessionOptions } from './session';
import { isNoise, openWorkbench, type WorkbenchOptions } from './workbench';

/** One run. */
export interface RunOptions extends SessionOptions {
  /** Names the run in results. */
  readonly name: string;
  readonly workbench:
    WorkbenchOptions | ((server: { origin: string; port: number }) => Promise<WorkbenchOptions>);
  /** Milliseconds after which the run has failed; three minutes unless told. */
  readonly limit?: number;
  readonly print: (line: string) => void;
}

/** Exit code for a run that took too long. */
const TIMED_OUT = 124;

/** 0 when every test passed; otherwise a picture and the log are left in `test-results/<name>/`. */
export async function runSuites(options: RunOptions): Promise<number> {
  const session = await openSession(options);
  const log: string[] = [];
  try {
    const settings =
      typeof options.workbench === 'function' ? await options.workbench(session.server) : options.workbench;
    const { page, exited } = await openWorkbench(session.browser, session.server, {
      ...settings,
      onLog: (level, text) => {
        log.push(`${level}: ${text}`);
        if (!isNoise(text)) options.print(text);
      },
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<number>((resolve) => {
      timer = setTimeout(() => resolve(TIMED_OUT), options.limit ?? 180_000);
    });
    const code = await Promise.race([exited, late]);
    clearTimeout(timer);
    if (code !== 0) await keep(options.name, page, log);
    return code;
  } finally {
    await session.close();
  }
}

async function keep(name: string, page: Page, log: readonly string[]): Promise<void> {
  const folder = path.join(RESULTS, name);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'workbench.log'), `${log.join('\n')}\n`);
  await page.screenshot({ path: path.join(folder, 'failure.png'), timeout: 10_000 }).catch(() => undefined);
}
