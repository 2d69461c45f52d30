// npm run fuzz [-- --count N] [--seed N] [--folder PATH]: compiles, then analyses mutants of published model code.
import { spawnSync } from 'node:child_process';
import { ensureDependencies } from './lib/setup.mjs';
import { root } from './lib/root.mjs';

const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

ensureDependencies();
run('node_modules/typescript/bin/tsc', '-b');
run('out/test/corpus/fuzz.js', ...process.argv.slice(2));
