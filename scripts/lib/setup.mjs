// Brings a fresh clone to the point where everything else runs; uses nothing but Node's own modules.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

const oldestNode = [20, 19];

const readJson = (file) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));

/** Whether node_modules holds what the lock file names; packages for other systems may be absent. */
function dependenciesMatch() {
  const record = path.join(root, 'node_modules/.package-lock.json');
  if (!fs.existsSync(record)) return false;
  const wanted = Object.entries(readJson('package-lock.json').packages).filter(([name]) => name !== '');
  const installed = readJson('node_modules/.package-lock.json').packages;
  return wanted.every(([name, { version, optional, devOptional }]) =>
    name in installed ? installed[name].version === version : Boolean(optional || devOptional),
  );
}

/** Stops with a message when this Node is too old, and installs dependencies where they are missing or out of date. */
export function ensureDependencies() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    console.error(
      `ConvLens needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`,
    );
    console.error('Get it from https://nodejs.org or with your package manager.');
    process.exit(1);
  }
  if (dependenciesMatch()) return;
  console.log('installing dependencies (npm ci)');
  const { status, error } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(`npm ci failed${error ? `: ${error.message}` : ''}. Is the package registry reachable?`);
  process.exit(1);
}

/**
 * Bundles one TypeScript program of the test support into out/tools/ (or `out`) without checking types, and returns its path:
 * it runs also while the sources do not compile.
 */
export async function buildTool(source, out = `out/tools/${path.basename(source, '.ts')}.cjs`) {
  const { build } = await import('esbuild');
  const outfile = path.join(root, out);
  await build({
    absWorkingDir: root,
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}

/**
 * Runs `node <args>` in the repository, for at most `limit` milliseconds. `onOutput` gets each piece of text that it
 * prints; the promise is its exit code.
 */
export function runNode(
  args,
  { onOutput = (text) => process.stdout.write(text), env = {}, limit = 300_000 } = {},
) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => {
      onOutput(`\nstopped: not done after ${limit / 1000} s\n`);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    }, limit);
    child.stdout.on('data', (chunk) => onOutput(chunk.toString()));
    child.stderr.on('data', (chunk) => onOutput(chunk.toString()));
    child.once('error', (error) => onOutput(`${error.message}\n`));
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve(code ?? 1);
    });
  });
}
