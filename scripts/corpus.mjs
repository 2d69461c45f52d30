// npm run corpus [-- --only torchvision|keras] [--model NAME] [--causes N] [--json]: compiles, then measures the analysis
// against published model code, which is fetched on first use.
import { spawnSync } from 'node:child_process';
import { ensureDependencies } from './lib/setup.mjs';
import { root } from './lib/root.mjs';

const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

ensureDependencies();
run('node_modules/typescript/bin/tsc', '-b');
run('out/test/corpus/main.js', ...process.argv.slice(2));
