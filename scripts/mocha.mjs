// node scripts/mocha.mjs unit|specs [mocha options]: compiles, then runs one group of tests in plain Node.
import { spawnSync } from 'node:child_process';
import { pruneOutput } from './lib/prune.mjs';
import { root } from './lib/root.mjs';

const [group, ...options] = process.argv.slice(2);
if (group !== 'unit' && group !== 'specs') {
  console.error('usage: node scripts/mocha.mjs unit|specs [mocha options]');
  process.exit(2);
}

const run = (file, args) => {
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

run('node_modules/typescript/bin/tsc', ['-b']);
pruneOutput();
run('node_modules/mocha/bin/mocha.js', [`out/test/${group}/**/*.test.js`, ...options]);
