// npm run package [-- --out=FILE --no-bundle]: makes the .vsix and checks its size.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './lib/root.mjs';

const largest = 1.5 * 1024 * 1024;
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const out =
  process.argv.find((arg) => arg.startsWith('--out='))?.slice('--out='.length) ?? `convlens-${version}.vsix`;

const run = (args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

if (!process.argv.includes('--no-bundle')) run(['scripts/bundle.mjs']);
fs.mkdirSync(path.dirname(path.join(root, out)), { recursive: true });
run([
  'node_modules/@vscode/vsce/vsce',
  'package',
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
  '--out',
  out,
]);

const { size } = fs.statSync(path.join(root, out));
console.log(`${out}: ${(size / 1024).toFixed(0)} KB`);
if (size > largest) {
  console.error(`The package is larger than ${largest / 1024} KB.`);
  process.exit(1);
}
