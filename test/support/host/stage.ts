/** Puts the built extension into a folder of its own. */
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths';

/** What an installed extension consists of. */
const PARTS = ['package.json', 'dist', 'media'];

/**
 * Copies the built extension into `folder` and returns `folder`. It is not run from the repository itself: that holds
 * the editors too, and VS Code gets lost when an extension under development contains the built-in ones. A copy also
 * keeps a run unharmed by a build that starts meanwhile.
 */
export function stageExtension(folder: string): string {
  if (!fs.existsSync(path.join(ROOT, 'dist/extension.js')))
    throw new Error('nothing is built: npm run bundle');
  fs.mkdirSync(folder, { recursive: true });
  for (const part of PARTS) fs.cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
  return folder;
}
