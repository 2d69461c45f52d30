/** Runs inside the extension host and executes functions that a UI suite sends, so that it can use the real API. */
import http from 'node:http';
import { type AddressInfo } from 'node:net';
import * as vscode from 'vscode';

interface Order {
  /** Text of a function of `(vscode, ...args)`. */
  readonly source?: string;
  readonly args?: readonly unknown[];
  /** Ends the run. */
  readonly exit?: true;
}

type Action = (api: typeof vscode, ...args: readonly unknown[]) => unknown;

async function carryOut(order: Order): Promise<string> {
  try {
    // The suite's own text, from this machine: this is the one way to hand a function to another process.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
    const action = new Function(`return (${order.source ?? ''})`)() as Action;
    const value: unknown = await action(vscode, ...(order.args ?? []));
    return JSON.stringify({ value });
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

/** Serves until told to end; prints `BRIDGE <port>` when ready. */
export function run(): Promise<void> {
  return new Promise((resolve) => {
    const server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const order = JSON.parse(Buffer.concat(chunks).toString()) as Order;
        if (order.exit === true) {
          response.end('{}');
          server.close();
          resolve();
          return;
        }
        void carryOut(order).then((text) => response.end(text));
      });
    });
    server.listen(0, '127.0.0.1', () => console.log(`BRIDGE ${(server.address() as AddressInfo).port}`));
  });
}
