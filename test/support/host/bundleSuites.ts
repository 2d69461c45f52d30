/** Bundles the suites that run inside an extension host into one file which every host can load. */
import * as esbuild from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths';

/** Bundles every `*.test.ts` under `folder` (relative to the repository) into `outfile` (absolute). */
export async function bundleSuites(folder: string, outfile: string): Promise<void> {
  const suites = fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
  if (suites.length === 0) throw new Error(`${folder} holds no *.test.ts`);
  const loads = suites.map((name) => `require('./${name.replaceAll('\\', '/')}');`).join('\n  ');
  await esbuild.build({
    absWorkingDir: ROOT,
    stdin: {
      contents: `exports.run = () => require('../mochaInHost').runMocha(() => {\n  ${loads}\n});\n`,
      resolveDir: path.join(ROOT, folder),
      sourcefile: 'suites.js',
    },
    bundle: true,
    outfile,
    format: 'cjs',
    platform: 'browser',
    target: 'es2022',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'error',
    // Mocha's browser build looks like a module but registers itself in the global scope.
    logOverride: { 'commonjs-variable-in-esm': 'silent' },
  });
}
