// What the station said, kept by call and input, and read again when an event makes it stale.
import { useCallback, useSyncExternalStore } from 'react';
import { type CallInput, type CallName, type CallOutput, type EventName, eventNames } from '../../shared/contract.js';
import { type Failure, toFailure } from '../../shared/error.js';
import { call, on, onOpen } from './link.js';
import { stale } from './stale.js';

export interface Answer<T> {
  /** The last good answer, kept while it is being read again. */
  readonly value: T | null;
  readonly failure: Failure | null;
  readonly reading: boolean;
}

interface Entry {
  readonly name: CallName;
  readonly input: unknown;
  answer: Answer<unknown>;
  /** Asked for again while a read was under way. */
  again: boolean;
  /** Nobody watched when it became stale. */
  dirty: boolean;
  readonly watchers: Set<() => void>;
}

const entries = new Map<string, Entry>();
/** Entries that nobody watches are dropped beyond this many, oldest first. */
const keep = 200;
const unread: Answer<unknown> = { value: null, failure: null, reading: true };

function entryFor(name: CallName, input: unknown): Entry {
  const key = `${name} ${JSON.stringify(input)}`;
  const known = entries.get(key);
  if (known !== undefined) return known;
  const entry: Entry = { name, input, answer: unread, again: false, dirty: true, watchers: new Set() };
  entries.set(key, entry);
  if (entries.size > keep) dropUnwatched();
  return entry;
}

function dropUnwatched(): void {
  for (const [key, entry] of entries) {
    if (entries.size <= keep) return;
    if (entry.watchers.size === 0 && !entry.dirty) entries.delete(key);
  }
}

function put(entry: Entry, answer: Answer<unknown>): void {
  entry.answer = answer;
  for (const watcher of [...entry.watchers]) watcher();
}

async function read(entry: Entry, first = false): Promise<void> {
  if (entry.answer.reading && !first) {
    entry.again = true;
    return;
  }
  entry.dirty = false;
  if (!first) put(entry, { ...entry.answer, reading: true });
  const answer = await ask(entry);
  put(entry, answer);
  if (entry.again) {
    entry.again = false;
    await read(entry);
  }
}

async function ask(entry: Entry): Promise<Answer<unknown>> {
  try {
    const value = await call(entry.name, entry.input as CallInput<CallName>);
    return { value, failure: null, reading: false };
  } catch (error) {
    return { value: entry.answer.value, failure: toFailure(error), reading: false };
  }
}

function watch(entry: Entry, watcher: () => void): () => void {
  entry.watchers.add(watcher);
  if (entry.dirty) void read(entry, entry.answer === unread);
  return () => entry.watchers.delete(watcher);
}

/** Marks what these calls said as stale; what is on screen is read again at once. */
export function refresh(names: readonly CallName[]): void {
  for (const entry of entries.values()) {
    if (!names.includes(entry.name)) continue;
    if (entry.watchers.size > 0) void read(entry);
    else entry.dirty = true;
  }
}

/** The answer to a call; the component renders again whenever it changes. */
export function useQuery<Name extends CallName>(name: Name, input: CallInput<Name>): Answer<CallOutput<Name>> {
  const entry = entryFor(name, input);
  const subscribe = useCallback((watcher: () => void) => watch(entry, watcher), [entry]);
  return useSyncExternalStore(subscribe, () => entry.answer) as Answer<CallOutput<Name>>;
}

/** Watches without a component. Returns the way to stop. */
export function watchQuery<Name extends CallName>(name: Name, input: CallInput<Name>, watcher: () => void): () => void {
  return watch(entryFor(name, input), watcher);
}

export function answerOf<Name extends CallName>(name: Name, input: CallInput<Name>): Answer<CallOutput<Name>> {
  return entryFor(name, input).answer as Answer<CallOutput<Name>>;
}

/** The last good answer, for code that is not a component. */
export function peek<Name extends CallName>(name: Name, input: CallInput<Name>): CallOutput<Name> | null {
  return (entries.get(`${name} ${JSON.stringify(input)}`)?.answer.value ?? null) as CallOutput<Name> | null;
}

let waiting = new Set<CallName>();
/** Milliseconds in which a burst of events counts as one. */
const burst = 60;

function expire(event: EventName): void {
  if (waiting.size === 0) setTimeout(flush, burst);
  for (const name of stale[event]) waiting.add(name);
}
function flush(): void {
  const names = [...waiting];
  waiting = new Set();
  refresh(names);
}

/** Starts listening: once, by the entry. */
export function followEvents(): void {
  for (const event of eventNames) if (stale[event].length > 0) on(event, () => expire(event));
  onOpen(() => {
    for (const entry of entries.values()) {
      if (entry.watchers.size > 0) void read(entry);
      else entry.dirty = true;
    }
  });
}
