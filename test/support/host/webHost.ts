/** Makes the workbench run a folder's `browser` entry in its web worker extension host. */
import fs from 'node:fs';
import path from 'node:path';
import { type Host } from './lanes';
import { type Server } from './server';
import { type WorkbenchOptions } from './workbench';

interface WebLocation {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

interface DevelopmentOptions {
  readonly extensions: readonly WebLocation[];
  readonly extensionTestsPath: WebLocation;
}

/** A folder that the server of `host` offers under its own address: the workbench's policy admits no other. */
export interface WebFolder {
  /** Options that run `tests` (a path inside the folder) beside the extension in the folder. */
  options(server: Pick<Server, 'origin' | 'port'>, tests: string): Promise<WorkbenchOptions>;
  remove(): void;
}

/** Links `folder` into the server; to be removed when the run has ended. */
export function offerWebFolder(host: Host, folder: string): WebFolder {
  const name = `.convlens-${process.pid}`;
  const link = path.join(host.vscode, name);
  fs.rmSync(link, { force: true });
  fs.symlinkSync(folder, link, 'junction');
  return {
    options: async (server, tests) => {
      const html = await (await fetch(`${server.origin}/`)).text();
      const assets = /[\w-]+-[0-9a-f]{40}\/static/.exec(html)?.[0];
      if (assets === undefined) throw new Error('the workbench page names no folder for its own files');
      const location = (inside: string): WebLocation => ({
        scheme: 'http',
        authority: `127.0.0.1:${server.port}`,
        path: path.posix.join('/', assets, name, inside),
      });
      const argument: DevelopmentOptions = {
        extensions: [location('')],
        extensionTestsPath: location(tests),
      };
      return { init: { run: addDevelopmentOptions, argument } };
    },
    remove: () => fs.rmSync(link, { force: true }),
  };
}

/** Runs in the page: adds development options to the configuration that the workbench reads from its document. */
function addDevelopmentOptions(options: DevelopmentOptions): void {
  const prototype = Element.prototype;
  const read = Reflect.get(prototype, 'getAttribute');
  prototype.getAttribute = function (this: Element, name: string): string | null {
    const value = Reflect.apply(read, this, [name]);
    if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration') return value;
    const configuration = JSON.parse(value ?? '{}') as { developmentOptions?: object };
    configuration.developmentOptions = { ...configuration.developmentOptions, ...options };
    return JSON.stringify(configuration);
  };
}
