// A running station of made-up answers, for tests of what stands around a station. What it was asked is in `asked`.

import type { Part, RunningStation } from '../../electron/station/context.js';
import { homePaths } from '../../electron/station/home.js';
import { type CallName, contract, type EventName, type Station } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';

export interface PretendStation extends RunningStation {
  readonly asked: { readonly name: CallName; readonly input: unknown }[];
  emit(name: EventName, body: unknown): void;
  readonly wakes: () => number;
  readonly closed: () => boolean;
}

/** `answers` by call; a call without one fails with `not-found`. `parts` by `message/part`. */
export function pretendStation(
  answers: Readonly<Partial<Record<CallName, unknown>>> = {},
  parts: Readonly<Record<string, Part>> = {},
): PretendStation {
  const asked: { name: CallName; input: unknown }[] = [];
  const listeners = new Set<(name: EventName, body: unknown) => void>();
  let wakes = 0;
  let closed = false;
  const answer = (name: CallName) => async (input: unknown) => {
    asked.push({ name, input });
    if (!Object.hasOwn(answers, name)) throw new MailError('not-found', `no answer to ${name}`, false);
    return answers[name];
  };
  const names = Object.keys(contract) as CallName[];
  return {
    station: Object.fromEntries(names.map((name) => [name, answer(name)])) as unknown as Station,
    home: homePaths('/nowhere'),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    part: (message, part) => {
      const found = parts[`${message}/${part}`];
      return found === undefined ? Promise.reject(new MailError('not-found', 'no such part', false)) : Promise.resolve(found);
    },
    remote: (message, url) => {
      const found = parts[`${message}/remote ${url}`];
      return found === undefined ? Promise.reject(new MailError('forbidden', 'not asked for', false)) : Promise.resolve(found);
    },
    wake: () => {
      wakes += 1;
    },
    rest: () => undefined,
    close: async () => {
      closed = true;
    },
    asked,
    emit: (name, body) => {
      for (const listener of listeners) listener(name, body);
    },
    wakes: () => wakes,
    closed: () => closed,
  };
}

/** A part of these bytes. */
export function bytesPart(type: string, bytes: string | Uint8Array, name: string | null = null): Part {
  const body = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  return {
    type,
    name,
    octets: body.length,
    body: (async function* () {
      yield body;
    })(),
  };
}
