// Bundles the extension, the page, the worker and the command line into dist/; `--watch` keeps doing so.
import * as esbuild from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './lib/root.mjs';

const dist = path.join(root, 'dist');
const watch = process.argv.includes('--watch');

/** Under Node the parser must be the CommonJS build: the other one asks for `import.meta.url`. */
const parserForNode = {
  'web-tree-sitter': path.join(root, 'node_modules/web-tree-sitter/web-tree-sitter.cjs'),
};

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: !watch,
  keepNames: true,
  sourcemap: true,
  sourcesContent: false,
  target: 'es2022',
  logLevel: 'warning',
  // The parser's browser build asks for Node modules in branches that never run outside Node.
  logOverride: { 'empty-import-meta': 'silent' },
};

/** The worker as text within the page: a webview can start a worker from nothing but a blob. */
const workerSource = {
  name: 'worker-source',
  setup(build) {
    build.onResolve({ filter: /^worker-source$/ }, ({ path: name }) => ({ path: name, namespace: name }));
    build.onLoad({ filter: /.*/, namespace: 'worker-source' }, async () => {
      const { outputFiles, metafile } = await esbuild.build({
        ...common,
        entryPoints: ['webview/worker/main.ts'],
        platform: 'browser',
        format: 'iife',
        sourcemap: false,
        metafile: true,
        write: false,
      });
      const watchFiles = Object.keys(metafile.inputs).map((file) => path.join(root, file));
      return { contents: outputFiles[0].text, loader: 'text', watchFiles };
    });
  },
};

/** Lets the programs that run under Node share one bundle of the analyser, which is most of each. */
const sharedAnalyser = {
  name: 'shared-analyser',
  setup(build) {
    build.onResolve({ filter: /\/analysis\/analyser$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './analyser.js', external: true },
    );
  },
};

const bundles = [
  {
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    alias: parserForNode,
  },
  {
    entryPoints: ['src/extension.web.ts'],
    outfile: 'dist/web.js',
    platform: 'browser',
    format: 'cjs',
    external: ['vscode'],
  },
  {
    entryPoints: ['src/analysis/analyser.ts'],
    outfile: 'dist/analyser.js',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    alias: parserForNode,
  },
  {
    entryPoints: ['src/analysis-worker/main.ts'],
    outfile: 'dist/analysis-worker.js',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    plugins: [sharedAnalyser],
  },
  {
    entryPoints: ['src/analysis-worker/main.web.ts'],
    outfile: 'dist/analysis-worker.web.js',
    platform: 'browser',
    format: 'iife',
    external: ['fs', 'fs/promises', 'path', 'url', 'module', 'worker_threads'],
  },
  {
    entryPoints: ['webview/page/main.ts'],
    outfile: 'dist/page.js',
    platform: 'browser',
    format: 'iife',
    plugins: [workerSource],
  },
  {
    entryPoints: ['webview/page/summary/main.ts'],
    outfile: 'dist/summary.js',
    platform: 'browser',
    format: 'iife',
  },
  {
    entryPoints: ['src/report/main.ts'],
    outfile: 'dist/report.js',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    plugins: [sharedAnalyser],
    banner: { js: '#!/usr/bin/env node' },
  },
].filter(({ entryPoints }) => fs.existsSync(path.join(root, entryPoints[0])));

/** Files that ship as they are, from package to dist/. */
const copies = {
  'node_modules/web-tree-sitter/web-tree-sitter.wasm': 'web-tree-sitter.wasm',
  'node_modules/tree-sitter-python/tree-sitter-python.wasm': 'tree-sitter-python.wasm',
};

fs.rmSync(dist, { recursive: true, force: true });
fs.mkdirSync(dist);
for (const [from, to] of Object.entries(copies)) fs.copyFileSync(path.join(root, from), path.join(dist, to));

if (watch) {
  const contexts = await Promise.all(bundles.map((options) => esbuild.context({ ...common, ...options })));
  await Promise.all(contexts.map((context) => context.watch()));
  console.log('watching; stop with Ctrl+C');
} else {
  await Promise.all(bundles.map((options) => esbuild.build({ ...common, ...options })));
  for (const name of fs.readdirSync(dist).filter((file) => !file.endsWith('.map'))) {
    console.log(`dist/${name}  ${(fs.statSync(path.join(dist, name)).size / 1024).toFixed(0)} KB`);
  }
}
