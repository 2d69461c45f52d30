/** Installs a packaged extension into a server's data folder, as a person's editor would. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { type Host } from './lanes';

/** Installs the `.vsix` file into the extensions of `dataDir`. */
export function installVsix(host: Host, vsix: string, dataDir: string): void {
  const args = ['--install-extension', vsix, '--force', '--server-data-dir', dataDir];
  execFileSync(
    host.node,
    [path.join(host.vscode, 'out/server-main.js'), ...args, '--accept-server-license-terms'],
    { env: { ...process.env, EXTENSIONS_GALLERY: '{}' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
}

/** Writes an extension that does nothing, so that tests can run beside an installed one; returns its folder. */
export function writeEmptyExtension(parent: string): string {
  const folder = path.join(parent, 'empty-extension');
  fs.mkdirSync(folder, { recursive: true });
  const manifest = { name: 'empty', publisher: 'convlens-tests', version: '0.0.1', engines: { vscode: '*' } };
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}
