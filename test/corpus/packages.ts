/** Fetches the sources of published Python packages, once, into a folder that git ignores. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../support/host/paths';
import { readZip } from './zip';

/** A wheel as it was published; Python sources are the same in the wheels of all systems. */
export interface Package {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  /** What `pip download` needs to choose this wheel on any system. */
  readonly pip: readonly string[];
}

export const TORCHVISION: Package = {
  name: 'torchvision',
  version: '0.14.1',
  sha256: '8d0766ea92affa7af248e327dd85f7c9cfdf51a57530b43212d4e1858548e9d7',
  pip: ['--python-version', '3.10', '--platform', 'macosx_11_0_arm64'],
};

export const KERAS: Package = {
  name: 'keras',
  version: '3.15.1',
  sha256: '836460e480930acbd19bb7a17e62f9ecad40e8a9af9a651fc8d0586a96d27e20',
  pip: [],
};

const CACHE = path.join(ROOT, '.corpus');
const INDEX = 'https://pypi.org/simple/';

/** The folder that holds the package's Python files; throws, saying what to do, when they cannot be had. */
export async function sourcesOf(wanted: Package): Promise<string> {
  const folder = path.join(CACHE, `${wanted.name}-${wanted.version}-${wanted.sha256.slice(0, 12)}`);
  if (fs.existsSync(folder)) return folder;
  const wheel = await download(wanted);
  fs.mkdirSync(CACHE, { recursive: true });
  const unfinished = fs.mkdtempSync(path.join(CACHE, 'unpacking-'));
  for (const file of readZip(wheel)) {
    const target = path.join(unfinished, file.path);
    if (!file.path.endsWith('.py') || !target.startsWith(unfinished + path.sep)) continue;
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, file.read());
  }
  fs.renameSync(unfinished, folder);
  return folder;
}

async function download(wanted: Package): Promise<Buffer> {
  const problems: string[] = [];
  for (const [way, get] of [
    ['the package index', fromIndex],
    ['pip', fromPip],
  ] as const) {
    try {
      const wheel = await get(wanted);
      const found = createHash('sha256').update(wheel).digest('hex');
      if (found === wanted.sha256) return wheel;
      problems.push(`${way}: the file's SHA-256 is ${found}, not ${wanted.sha256}`);
    } catch (error) {
      problems.push(`${way}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(
    [
      `the sources of ${wanted.name} ${wanted.version} cannot be downloaded; this check needs them once.`,
      ...problems.map((problem) => `  ${problem}`),
      `Make the Python package index reachable, directly or through pip's settings, and run it again.`,
    ].join('\n'),
  );
}

async function fromIndex(wanted: Package): Promise<Buffer> {
  const page = await (await request(`${INDEX}${wanted.name}/`)).text();
  const link = [...page.matchAll(/href="([^"#]+)#sha256=([0-9a-f]{64})"/g)].find(
    ([, , sha256]) => sha256 === wanted.sha256,
  );
  if (link?.[1] === undefined) throw new Error(`${INDEX}${wanted.name}/ does not list the wheel`);
  const address = new URL(link[1].replaceAll('&amp;', '&'), `${INDEX}${wanted.name}/`);
  return Buffer.from(await (await request(address.href)).arrayBuffer());
}

async function request(address: string): Promise<Response> {
  const response = await fetch(address, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  return response;
}

function fromPip(wanted: Package): Promise<Buffer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'convlens-corpus-'));
  const args = ['-m', 'pip', 'download', `${wanted.name}==${wanted.version}`, '--no-deps', '--quiet'];
  try {
    execFileSync(
      process.platform === 'win32' ? 'python' : 'python3',
      [...args, '--only-binary', ':all:', ...wanted.pip, '--dest', folder],
      { stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 },
    );
    const [wheel] = fs.readdirSync(folder).filter((name) => name.endsWith('.whl'));
    if (wheel === undefined) throw new Error('pip downloaded no wheel');
    return Promise.resolve(fs.readFileSync(path.join(folder, wheel)));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
