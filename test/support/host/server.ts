/** Starts and stops a VS Code server on a free port of this machine alone. */
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { type Host } from './lanes';

/** What a server is started with. */
export interface ServerOptions {
  /** Holds user data, settings, logs and, unless told otherwise, installed extensions. */
  readonly dataDir: string;
  readonly extensionsDir?: string;
  /** The word that the browser must bring; without it anyone on this machine may connect. */
  readonly token?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Whether the workbench asks which folders to trust. */
  readonly trust?: boolean;
  /** Whether the workbench honours the extension under development named in its address. */
  readonly testDriver?: boolean;
}

/** A server that listens. */
export interface Server {
  readonly child: ChildProcess;
  readonly port: number;
  readonly origin: string;
  /** Prefix of this server's files in `vscode-remote` addresses. */
  readonly remote: string;
  stop(): Promise<void>;
}

const LISTENING = /Extension host agent listening on (\d+)/;
const START_LIMIT = 60_000;

/** Starts `host` and resolves when it listens; rejects with what it printed when it ends before that. */
export async function startServer(host: Host, options: ServerOptions): Promise<Server> {
  fs.mkdirSync(options.dataDir, { recursive: true });
  const environment: NodeJS.ProcessEnv = { ...process.env, EXTENSIONS_GALLERY: '{}' };
  delete environment['VSCODE_IPC_HOOK_CLI'];
  const child = spawn(host.node, serverArguments(host, options), {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: the server's children end with it.
    detached: process.platform !== 'win32',
  });
  const killOnExit = (): void => signal(child, 'SIGKILL');
  process.once('exit', killOnExit);
  child.once('exit', () => process.removeListener('exit', killOnExit));
  try {
    const port = await listeningPort(child, path.join(options.dataDir, 'server.log'));
    return {
      child,
      port,
      origin: `http://127.0.0.1:${port}`,
      remote: `vscode-remote://127.0.0.1:${port}`,
      stop: () => stop(child),
    };
  } catch (error) {
    signal(child, 'SIGKILL');
    throw error;
  }
}

function serverArguments(host: Host, options: ServerOptions): string[] {
  const token =
    options.token === undefined ? ['--without-connection-token'] : ['--connection-token', options.token];
  const extensions = options.extensionsDir === undefined ? [] : ['--extensions-dir', options.extensionsDir];
  return [
    path.join(host.vscode, 'out/server-main.js'),
    '--host=127.0.0.1',
    `--port=${options.port ?? 0}`,
    ...token,
    '--accept-server-license-terms',
    `--server-data-dir=${options.dataDir}`,
    ...extensions,
    '--disable-telemetry',
    '--disable-experiments',
    '--disable-getting-started-override',
    ...(options.trust === true ? [] : ['--disable-workspace-trust']),
    ...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
  ];
}

function listeningPort(child: ChildProcess, logFile: string): Promise<number> {
  const log = fs.createWriteStream(logFile);
  let text = '';
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`${why}\n${text.slice(-3000)}`));
    const timer = setTimeout(() => fail('the VS Code server did not start within a minute'), START_LIMIT);
    const read = (chunk: Buffer): void => {
      log.write(chunk);
      text = (text + chunk.toString()).slice(-20_000);
      const found = LISTENING.exec(text)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(Number(found));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(`the VS Code server could not be started: ${error.message}`));
    child.once('exit', (code) => {
      clearTimeout(timer);
      log.end();
      fail(`the VS Code server ended with code ${code ?? 'none'}`);
    });
  });
}

/** Signals the server and everything it started; nothing happens when all have ended. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    signal(child, 'SIGTERM');
    const timer = setTimeout(() => signal(child, 'SIGKILL'), 3000);
    await gone;
    clearTimeout(timer);
  }
  signal(child, 'SIGKILL');
}
