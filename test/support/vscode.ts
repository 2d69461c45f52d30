/** Stands in for the `vscode` module in unit tests of adapters: just what they touch, with what they did on record. */
import { posix } from 'node:path';

/** What the adapters under test did, and the world they find; `reset` before each test. */
export const world = {
  messages: [] as string[],
  clipboard: '',
  commands: new Map<string, (...args: unknown[]) => unknown>(),
  executed: [] as unknown[][],
  settings: {} as Record<string, unknown>,
  /** What the next questions are answered with: a list's entry is found by its label, a box gets the text itself. */
  answers: [] as (string | undefined)[],
  /** The labels, or the first value, of each question that was asked. */
  questions: [] as unknown[],
};

/** Empties the world. */
export function reset(): void {
  world.messages = [];
  world.clipboard = '';
  world.commands.clear();
  world.executed = [];
  world.settings = {};
  world.answers = [];
  world.questions = [];
  window.activeTextEditor = undefined;
  workspace.textDocuments = [];
  workspace.workspaceFolders = undefined;
}

export class Disposable {
  constructor(private readonly callback: () => void) {}

  static from(...all: readonly Disposable[]): Disposable {
    return new Disposable(() => all.forEach((each) => each.dispose()));
  }

  dispose(): void {
    this.callback();
  }
}

interface Address {
  readonly scheme: string;
  toString(): string;
}

export const Uri = {
  parse: (text: string): Address => ({ scheme: text.split(':', 1)[0] ?? '', toString: () => text }),
  joinPath: (base: { toString(): string }, ...parts: readonly string[]): Address => {
    const [, start = '', path = ''] = /^(\w+:(?:\/\/)?)(.*)$/.exec(base.toString()) ?? [];
    return Uri.parse(start + posix.join(path, ...parts));
  },
};

export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  readonly event = (listener: (value: T) => void): Disposable => {
    this.listeners.add(listener);
    return new Disposable(() => this.listeners.delete(listener));
  };

  fire(value: T): void {
    this.listeners.forEach((listener) => listener(value));
  }

  dispose(): void {
    this.listeners.clear();
  }
}

export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;

const nothing = new Disposable(() => undefined);

export const workspace = {
  workspaceFolders: undefined as readonly { readonly uri: Address }[] | undefined,
  getWorkspaceFolder: (uri: Address) =>
    workspace.workspaceFolders?.find((folder) => uri.toString().startsWith(`${folder.uri.toString()}/`)),
  textDocuments: [] as unknown[],
  notebookDocuments: [] as unknown[],
  getConfiguration: () => ({ get: (name: string): unknown => world.settings[name] }),
  onDidChangeConfiguration: () => nothing,
};

export const window = {
  activeTextEditor: undefined as unknown,
  showInformationMessage: (text: string) => void world.messages.push(`information: ${text}`),
  showErrorMessage: (text: string) => void world.messages.push(`error: ${text}`),
  setStatusBarMessage: (text: string) => void world.messages.push(`status: ${text}`),
  showQuickPick: <T extends { readonly label: string }>(items: readonly T[]): Promise<T | undefined> => {
    world.questions.push(items.map(({ label }) => label));
    const answer = world.answers.shift();
    return Promise.resolve(items.find(({ label }) => label === answer));
  },
  showInputBox: (options: {
    readonly value?: string;
    validateInput?(text: string): string | undefined;
  }): Promise<string | undefined> => {
    world.questions.push(options.value);
    const answer = world.answers.shift();
    const problem = answer === undefined ? undefined : options.validateInput?.(answer);
    if (problem !== undefined) world.messages.push(`refused: ${problem}`);
    return Promise.resolve(problem === undefined ? answer : undefined);
  },
};

export const env = {
  clipboard: {
    writeText: (text: string): Promise<void> => {
      world.clipboard = text;
      return Promise.resolve();
    },
  },
};

export const commands = {
  registerCommand: (id: string, callback: (...args: unknown[]) => unknown): Disposable => {
    world.commands.set(id, callback);
    return new Disposable(() => world.commands.delete(id));
  },
  executeCommand: (...args: unknown[]): Promise<undefined> => {
    world.executed.push(args);
    return Promise.resolve(undefined);
  },
};
