// The contract over any transport that can carry a JSON text: Electron IPC, a WebSocket, or a pair in memory.
import { type CallInput, type CallName, type CallOutput, contract, type EventName, type Events, type Station } from './contract.js';
import { type Failure, MailError, toFailure } from './error.js';

export interface Port {
  /** Sends one message, JSON-safe. */
  send(message: unknown): void;
  /** At most one listener at a time. */
  listen(listener: (message: unknown) => void): void;
  close(): void;
}

/** Text length of one request; bytes travel by URL, never by RPC (S14). */
export const requestLimit = 4_000_000;

interface Request {
  readonly id: number;
  readonly call: string;
  readonly input: unknown;
}
type Reply = { readonly id: number; readonly output: unknown } | { readonly id: number; readonly failure: Failure };

function asRequest(message: unknown): Request | null {
  if (typeof message !== 'object' || message === null) return null;
  const { id, call, input } = message as Partial<Request>;
  return Number.isSafeInteger(id) && typeof call === 'string' ? { id: id as number, call, input } : null;
}

/** Runs one call: own-property look-up, schema, then the station. Throws MailError `forbidden` or `usage`, or what the station throws. */
export async function dispatch(station: Station, name: string, input: unknown): Promise<unknown> {
  if (!Object.hasOwn(contract, name)) throw new MailError('forbidden', `no such call: ${name.slice(0, 50)}`, false);
  const callName = name as CallName;
  const parsed = contract[callName].input.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new MailError('usage', `${callName}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong input'}`, false, {
      said: issue?.message,
      name: issue?.path.join('.'),
    });
  }
  const run = station[callName] as (input: unknown) => Promise<unknown>;
  return run(parsed.data);
}

/** Serves a station on a port. Returns what sends it an event. The port must already have passed the sender check. */
export function serve(station: Station, port: Port): (name: EventName, event: unknown) => void {
  const answer = async (request: Request): Promise<Reply> => {
    try {
      return { id: request.id, output: (await dispatch(station, request.call, request.input)) ?? null };
    } catch (error) {
      return { id: request.id, failure: toFailure(error) };
    }
  };
  port.listen((message) => {
    const request = asRequest(message);
    if (request !== null) void answer(request).then((reply) => port.send(reply));
  });
  return (name, event) => port.send({ event: name, body: event });
}

export interface Connection {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** Returns the way to stop listening. */
  on<Name extends EventName>(name: Name, listener: (event: Events[Name]) => void): () => void;
  /** Fails every call that is still waiting. */
  close(): void;
}

/** The window's end. A failed call rejects with a MailError carrying the station's facts. */
export function connect(port: Port): Connection {
  let last = 0;
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: MailError) => void }>();
  const listeners = new Map<string, Set<(event: never) => void>>();
  port.listen((message) => {
    const { id, output, failure, event, body } = message as {
      id?: number;
      output?: unknown;
      failure?: Failure;
      event?: string;
      body?: unknown;
    };
    if (event !== undefined) {
      for (const listener of listeners.get(event) ?? []) listener(body as never);
      return;
    }
    const pending = waiting.get(id ?? 0);
    if (pending === undefined) return;
    waiting.delete(id ?? 0);
    if (failure === undefined) pending.resolve(output as never);
    else {
      const { code, message: text, temporary, ...facts } = failure;
      pending.reject(new MailError(code, text, temporary, facts));
    }
  });
  return {
    call: (name, input) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        port.send({ id: last, call: name, input });
      }),
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as (event: never) => void));
      return () => set.delete(listener as (event: never) => void);
    },
    close() {
      for (const { reject } of waiting.values()) reject(new MailError('connection-lost', 'the station closed the connection', true));
      waiting.clear();
      port.close();
    },
  };
}

/** Two ports joined in memory; messages arrive later, copied as JSON would. */
export function portPair(): readonly [Port, Port] {
  const listeners: [((message: unknown) => void) | null, ((message: unknown) => void) | null] = [null, null];
  const end = (mine: 0 | 1): Port => ({
    send: (message) => {
      const copy: unknown = JSON.parse(JSON.stringify(message));
      void Promise.resolve().then(() => listeners[mine === 0 ? 1 : 0]?.(copy));
    },
    listen: (listener) => {
      listeners[mine] = listener;
    },
    close: () => {
      listeners[0] = null;
      listeners[1] = null;
    },
  });
  return [end(0), end(1)];
}
