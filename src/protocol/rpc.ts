/** Typed calls over any pair of message ports: every call is answered, with a value or an error. */

/** One end of a channel: a worker, a panel, or half of a pair in memory. */
export interface Port {
  post(message: unknown): void;
  /** Returns a function that stops listening. */
  onMessage(listener: (message: unknown) => void): () => void;
}

/** What one side offers: methods that take one argument and promise a result. Declare services as `type` aliases. */
export type Service = Record<string, (argument: never) => Promise<unknown>>;

/** The methods of a service as the other side calls them. */
export type Remote<S extends Service> = {
  readonly [M in keyof S]: (argument: Parameters<S[M]>[0]) => ReturnType<S[M]>;
};

type Message =
  | { readonly rpc: 'call'; readonly id: number; readonly method: string; readonly argument: unknown }
  | { readonly rpc: 'ok'; readonly id: number; readonly value: unknown }
  | { readonly rpc: 'error'; readonly id: number; readonly message: string };

/** Answers calls on `port` with `handlers`; returns a function that stops. Messages of another form are ignored. */
export function serve<S extends Service>(port: Port, handlers: S): () => void {
  return port.onMessage((message) => {
    if (!isMessage(message) || message.rpc !== 'call') return;
    const { id, method, argument } = message;
    void answer(handlers, method, argument).then(
      (value) => port.post({ rpc: 'ok', id, value } satisfies Message),
      (error: unknown) => port.post({ rpc: 'error', id, message: describeError(error) } satisfies Message),
    );
  });
}

/** One side's access to the service at the other end of a port. */
export interface Connection<S extends Service> {
  readonly remote: Remote<S>;
  /** Rejects what is pending and refuses later calls, with `reason` where it is given. */
  close(reason?: Error): void;
}

/** Calls the service at the other end of `port`. */
export function connect<S extends Service>(port: Port): Connection<S> {
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const state: { nextId: number; closed?: Error } = { nextId: 1 };
  const stop = port.onMessage((message) => {
    if (!isMessage(message) || message.rpc === 'call') return;
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.rpc === 'ok') call?.resolve(message.value);
    else call?.reject(new Error(message.message));
  });
  const call = (method: string, argument: unknown): Promise<unknown> => {
    if (state.closed !== undefined) return Promise.reject(state.closed);
    const id = state.nextId++;
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject });
      port.post({ rpc: 'call', id, method, argument } satisfies Message);
    });
  };
  const remote = new Proxy({}, { get: (_, method) => (argument: unknown) => call(String(method), argument) });
  return {
    remote: remote as Remote<S>,
    close: (reason = new Error('the connection is closed')) => {
      stop();
      state.closed = reason;
      for (const { reject } of pending.values()) reject(reason);
      pending.clear();
    },
  };
}

async function answer(handlers: Service, method: string, argument: unknown): Promise<unknown> {
  const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
  if (handler === undefined) throw new Error(`unknown method ${method}`);
  return handler(argument as never);
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isMessage(message: unknown): message is Message {
  if (typeof message !== 'object' || message === null) return false;
  const { rpc, id } = message as { rpc?: unknown; id?: unknown };
  return (rpc === 'call' || rpc === 'ok' || rpc === 'error') && typeof id === 'number';
}
