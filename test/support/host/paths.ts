/** Holds the places in the repository that the test host uses. */
import fs from 'node:fs';
import path from 'node:path';

function findRoot(from: string): string {
  const isRoot =
    fs.existsSync(path.join(from, 'package.json')) && fs.existsSync(path.join(from, 'tsconfig.base.json'));
  const parent = path.dirname(from);
  if (isRoot || parent === from) return from;
  return findRoot(parent);
}

/** Absolute path of the repository, whether this runs compiled, bundled or from source. */
export const ROOT = findRoot(__dirname);

/** Where editors and browsers that were installed for tests live; kept between runs, not in git. */
export const CACHE = path.join(ROOT, '.vscode-test');

/** Where screenshots and logs go; not in git. */
export const RESULTS = path.join(ROOT, 'test-results');

/** The sample workspace. */
export const SAMPLES = path.join(ROOT, 'samples');
