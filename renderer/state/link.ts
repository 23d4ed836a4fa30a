// The line to the station: one connection at a time, opened again when it is lost.
import type { CallInput, CallName, CallOutput, EventName, Events } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';
import { type Connection, connect, type Port } from '../../shared/port.js';
import { socketPort, stationUrl } from './socket.js';
import { createStore } from './store.js';

declare global {
  interface Window {
    /** The preload's port; absent in a browser. */
    readonly station?: Port & { readonly dropped?: (files: readonly File[]) => Promise<readonly string[]> };
  }
}

export type LinkState = 'opening' | 'open' | 'lost';
export const linkState = createStore<LinkState>('opening');

/** Milliseconds before the next attempt; the last one repeats. */
const pauses = [500, 1000, 2000, 5000, 10_000];

let connection: Connection | null = null;
const listeners = new Map<EventName, Set<(event: never) => void>>();
const openings = new Set<() => void>();

/** Takes a port that is already open (Electron's preload, a test's pair). */
export function takeLink(port: Port): void {
  adopt(connect(port));
  opened();
}

/** Opens a socket to the page's origin and keeps it open. */
export function dialStation(attempt = 0): void {
  let tries = attempt;
  const port = socketPort(
    stationUrl(location),
    () => {
      tries = 0;
      opened();
    },
    () => {
      connection?.close();
      connection = null;
      linkState.set('lost');
      setTimeout(() => dialStation(tries + 1), pauses[Math.min(tries, pauses.length - 1)]);
    },
  );
  adopt(connect(port));
}

function adopt(next: Connection): void {
  connection = next;
  for (const [name, set] of listeners) next.on(name, (event) => announce(set, event));
}

function announce(set: ReadonlySet<(event: never) => void>, event: unknown): void {
  for (const listener of [...set]) listener(event as never);
}

function opened(): void {
  linkState.set('open');
  for (const listener of openings) listener();
}

/** Runs now-and-later: whenever a connection has been opened, everything read before may be stale. */
export function onOpen(listener: () => void): () => void {
  openings.add(listener);
  return () => openings.delete(listener);
}

/** Rejects with a MailError; `connection-lost` while there is no connection. */
export function call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
  if (connection === null) return Promise.reject(new MailError('connection-lost', 'the station is not reachable', true));
  return connection.call(name, input);
}

export function on<Name extends EventName>(name: Name, listener: (event: Events[Name]) => void): () => void {
  const known = listeners.get(name);
  const set = known ?? new Set<(event: never) => void>();
  if (known === undefined) {
    listeners.set(name, set);
    connection?.on(name, (event) => announce(set, event));
  }
  set.add(listener as (event: never) => void);
  return () => set.delete(listener as (event: never) => void);
}
