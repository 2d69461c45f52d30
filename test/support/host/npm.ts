/** Runs npm quietly, with what it printed in the error when it fails. */
import { execFileSync } from 'node:child_process';

/** Standard output of `npm <args>` run in `folder`; install scripts of packages never run. */
export function npm(args: readonly string[], folder: string): string {
  const options = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--prefer-offline',
    // What is installed here runs on a Node of its own, and `npm test` hands our strictness down.
    '--no-engine-strict',
  ];
  const output = execFileSync('npm', [...args, ...options], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  });
  return output.trim();
}
