// Removes compiled files whose source has gone, so that a deleted test stops running.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

const out = path.join(root, 'out');
const ending = /\.(?:js|js\.map|d\.ts)$/;

/** Deletes what `tsc -b` left in out/ for TypeScript files that no longer exist. */
export function pruneOutput() {
  for (const folder of ['src', 'webview', 'test']) {
    const top = path.join(out, folder);
    if (!fs.existsSync(top)) continue;
    for (const entry of fs.readdirSync(top, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (!entry.isFile() || !ending.test(file)) continue;
      const source = path.join(root, path.relative(out, file).replace(ending, '.ts'));
      if (!fs.existsSync(source)) fs.rmSync(file);
    }
  }
}
