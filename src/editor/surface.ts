/** Pieces of a surface that shows the page: its port, its saved state, and waiting for it. */
import type * as vscode from 'vscode';
import type { Port } from '../protocol/rpc';

/** Milliseconds a page has to draw before what was asked of it is given up. */
const PATIENCE = 10_000;

/** A promise with what settles it. */
export interface Deferred {
  readonly promise: Promise<void>;
  isSettled: boolean;
  resolve(): void;
}

/** Whether a saved state of the page holds a layer or message to show. */
export function hasContent(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'content' in state && state.content !== undefined;
}

/** The port of a webview. */
export function portOf(webview: vscode.Webview): Port {
  return {
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => {
      const subscription = webview.onDidReceiveMessage(listener);
      return () => void subscription.dispose();
    },
  };
}

/** A promise to be settled from outside. */
export function deferred(): Deferred {
  let settle: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => (settle = resolve));
  const result: Deferred = {
    promise,
    isSettled: false,
    resolve: () => {
      result.isSettled = true;
      settle();
    },
  };
  return result;
}

/** Rejects when the visualiser takes too long to open. */
export async function withLimit<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the visualiser did not open')), PATIENCE);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}
