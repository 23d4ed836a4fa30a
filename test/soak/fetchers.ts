// What runs under the soak: our station as one long program, the peers as the commands that a timer would start.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { peers } from '../crash/contenders.js';
import { makeScenario } from '../support/crash.js';
import type { Random } from '../support/mailgen.js';

export interface Fetcher {
  /** Where what it has delivered or holds stands. */
  readonly folders: readonly string[];
  /** Starts it; it ends by itself or is killed. */
  start(last: boolean): ChildProcess;
}
export interface Place {
  readonly disk: string;
  readonly port: number;
  readonly user: string;
  readonly clamd: string;
  readonly random: Random;
}
const day = 86_400_000;
const program = join(import.meta.dirname, 'station.js');

function ours({ disk, port, user, clamd, random }: Place): Fetcher {
  const { home } = makeScenario({ port, user, fetch: { retention: { kind: 'delete' } } }, 'secret', `unix:${clamd}`, disk);
  return {
    folders: ['mail', 'quarantine', 'problems'].map((name) => join(home, name)),
    start(last) {
      const shift = random() < 0.3 ? Math.floor((random() - 0.5) * 60 * day) : 0;
      const argument = JSON.stringify({ home, shift, until: last ? 'empty' : 'killed' });
      return spawn(process.execPath, [program, argument], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    },
  };
}

function theirs(name: string, { disk, port, user }: Place): Fetcher {
  const peer = peers.find((one) => one.name === name);
  if (peer === undefined) throw new Error(`no such fetcher: ${name}`);
  const folder = join(disk, 'peer');
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(folder, 'Maildir', part), { recursive: true });
  const { command, maildir } = peer.prepare({ folder, maildir: join(folder, 'Maildir'), port, user, mode: 'delete' });
  const [file = '', ...parameters] = command;
  const environment = { ...process.env, FETCHMAILHOME: folder, HOME: folder };
  return {
    folders: [maildir],
    start: () => spawn(file, parameters, { detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: environment }),
  };
}

export const fetcherNames = ['todoku', 'fetchmail', 'mpop', 'getmail6'] as const;
export const openFetcher = (name: string, place: Place): Fetcher => (name === 'todoku' ? ours(place) : theirs(name, place));
